<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar_EG">
<context>
    <name>AboutPanel</name>
    <message>
        <source>About the session</source>
        <translation>عن الجلسة</translation>
    </message>
    <message>
        <source>Consent to the recording: yes</source>
        <translation>الموافقة على التسجيل: نعم</translation>
    </message>
    <message>
        <source>Consent to the recording: no</source>
        <translation>الموافقة على التسجيل: لا</translation>
    </message>
    <message>
        <source>Consent to the recording: not recorded</source>
        <translation>الموافقة على التسجيل: غير مسجّلة</translation>
    </message>
    <message>
        <source>In the folder {folder}</source>
        <translation>في المجلد {folder}</translation>
    </message>
    <message>
        <source>Kept until {when}</source>
        <translation>محفوظة حتى {when}</translation>
    </message>
    <message>
        <source>Kept until somebody destroys it</source>
        <translation>محفوظة إلى أن يتلفها أحد</translation>
    </message>
</context>
<context>
    <name>Activity</name>
    <message>
        <source>The session has ended</source>
        <translation>انتهت الجلسة</translation>
    </message>
    <message>
        <source>Ending: what is left to say is said</source>
        <translation>جارٍ الإنهاء: يُقال ما بقي أن يُقال</translation>
    </message>
    <message>
        <source>Paused: nothing is listened to</source>
        <translation>متوقف مؤقتًا: لا يُستمع إلى شيء</translation>
    </message>
    <message>
        <source>Waits for the talk button</source>
        <translation>بانتظار زر التحدث</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>يستمع</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>الطبيب يتكلم</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>المريض يتكلم</translation>
    </message>
    <message>
        <source>Somebody speaks</source>
        <translation>أحدهم يتكلم</translation>
    </message>
    <message>
        <source>The voice speaks to the doctor</source>
        <translation>الصوت يخاطب الطبيب</translation>
    </message>
    <message>
        <source>The voice speaks to the patient</source>
        <translation>الصوت يخاطب المريض</translation>
    </message>
    <message>
        <source>understanding</source>
        <translation>جارٍ الفهم</translation>
    </message>
    <message>
        <source>words while somebody speaks</source>
        <translation>الكلمات أثناء الكلام</translation>
    </message>
    <message>
        <source>translation</source>
        <translation>ترجمة</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>جارٍ التحقق</translation>
    </message>
    <message>
        <source>who speaks</source>
        <translation>من يتكلم</translation>
    </message>
    <message>
        <source>the voice</source>
        <translation>الصوت</translation>
    </message>
    <message>
        <source>hearing</source>
        <translation>السماع</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>تسجيل</translation>
    </message>
</context>
<context>
    <name>Advice</name>
    <message>
        <source>Advice</source>
        <translation>تنبيهات</translation>
    </message>
    <message>
        <source>Nothing to warn of. What the rules find appears here.</source>
        <translation>لا شيء يستدعي التنبيه. ما تجده القواعد يظهر هنا.</translation>
    </message>
    <message>
        <source>By rules that no clinician has reviewed. Only you see this.</source>
        <translation>بحسب قواعد لم يراجعها أي طبيب. أنت وحدك ترى هذا.</translation>
    </message>
    <message>
        <source>Show where</source>
        <translation>أظهر الموضع</translation>
    </message>
    <message>
        <source>Worth asking: {complaint}</source>
        <translation>يستحق السؤال: {complaint}</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>{n} أخرى</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>The settings could not be read, so everything is as at first.</source>
        <translation>تعذرت قراءة الإعدادات، فكل شيء كما كان في البداية.</translation>
    </message>
    <message>
        <source>The old file is kept as {name}: {why}</source>
        <translation>الملف القديم محفوظ باسم {name}: {why}</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Put away</source>
        <translation>إخفاء</translation>
    </message>
</context>
<context>
    <name>BrokenPage</name>
    <message>
        <source>Try again</source>
        <translation>حاول مرة أخرى</translation>
    </message>
    <message>
        <source>Back to Home</source>
        <translation>العودة إلى الرئيسية</translation>
    </message>
    <message>
        <source>Open Models</source>
        <translation>افتح النماذج</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Sound check</source>
        <translation>فحص الصوت</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>افحص مرة أخرى</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Now say a few words</source>
        <translation>الآن قل بضع كلمات</translation>
    </message>
    <message>
        <source>Please be quiet for a moment</source>
        <translation>الرجاء الهدوء لحظة</translation>
    </message>
    <message>
        <source>Microphone: {name}</source>
        <translation>الميكروفون: {name}</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>تابع</translation>
    </message>
    <message>
        <source>Go on all the same</source>
        <translation>تابع على أي حال</translation>
    </message>
</context>
<context>
    <name>ConsentPage</name>
    <message>
        <source>Do both agree?</source>
        <translation>هل يوافق كلاهما؟</translation>
    </message>
    <message>
        <source>Nothing is recorded yet.</source>
        <translation>لا يُسجَّل شيء بعد.</translation>
    </message>
    <message>
        <source>Both agree</source>
        <translation>كلاهما موافق</translation>
    </message>
    <message>
        <source>Somebody declines</source>
        <translation>أحدهما يرفض</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>الطبيب</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>These texts: {status}</source>
        <translation>هذه النصوص: {status}</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>أوقف القراءة</translation>
    </message>
    <message>
        <source>Read it out again</source>
        <translation>اقرأه بصوت عالٍ مرة أخرى</translation>
    </message>
    <message>
        <source>not reviewed by a lawyer or a professional translator</source>
        <translation>لم يراجعها محامٍ ولا مترجم محترف</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>Controls</source>
        <translation>أدوات التحكم</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>إيقاف مؤقت</translation>
    </message>
    <message>
        <source>End</source>
        <translation>إنهاء</translation>
    </message>
    <message>
        <source>Human interpreter</source>
        <translation>مترجم بشري</translation>
    </message>
    <message>
        <source>Call a human interpreter, with the reason</source>
        <translation>استدعِ مترجمًا بشريًا، مع ذكر السبب</translation>
    </message>
    <message>
        <source>Listen again</source>
        <translation>استمع من جديد</translation>
    </message>
    <message>
        <source>Nothing is listened to until you go on</source>
        <translation>لا يُستمع إلى شيء حتى تتابع</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>كرّر</translation>
    </message>
    <message>
        <source>Say the last translation again</source>
        <translation>قل الترجمة الأخيرة مرة أخرى</translation>
    </message>
    <message>
        <source>Stop the voice</source>
        <translation>أسكت الصوت</translation>
    </message>
    <message>
        <source>The voice is silent at once</source>
        <translation>يصمت الصوت فورًا</translation>
    </message>
    <message>
        <source>Was the doctor</source>
        <translation>كان الطبيب</translation>
    </message>
    <message>
        <source>Whoever spoke last was the doctor</source>
        <translation>آخر من تكلم كان الطبيب</translation>
    </message>
    <message>
        <source>Was the patient</source>
        <translation>كان المريض</translation>
    </message>
    <message>
        <source>Whoever spoke last was the patient</source>
        <translation>آخر من تكلم كان المريض</translation>
    </message>
    <message>
        <source>Phrases</source>
        <translation>عبارات</translation>
    </message>
    <message>
        <source>Find a reviewed phrase</source>
        <translation>ابحث عن عبارة مراجَعة</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>اكتب</translation>
    </message>
    <message>
        <source>Type what the doctor says</source>
        <translation>اكتب ما يقوله الطبيب</translation>
    </message>
    <message>
        <source>Teach-back</source>
        <translation>إعادة الشرح</translation>
    </message>
    <message>
        <source>Have the last instruction repeated</source>
        <translation>اطلب إعادة التعليمة الأخيرة</translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>Held: the translation may not say what was said</source>
        <translation>محتجزة: قد لا تقول الترجمة ما قيل</translation>
    </message>
    <message>
        <source>Translated back, it says</source>
        <translation>بعد ترجمتها عكسيًا تقول</translation>
    </message>
    <message>
        <source>Say it as it is</source>
        <translation>قلها كما هي</translation>
    </message>
    <message>
        <source>Rephrase</source>
        <translation>أعد الصياغة</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>اتركها</translation>
    </message>
    <message>
        <source>{question}: the answer was not clear</source>
        <translation>{question}: لم تكن الإجابة واضحة</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>No, say it again</source>
        <translation>لا، قلها مرة أخرى</translation>
    </message>
    <message>
        <source>Read back to the patient</source>
        <translation>أُعيدت قراءتها على المريض</translation>
    </message>
    <message>
        <source>Read back to the doctor</source>
        <translation>أُعيدت قراءتها على الطبيب</translation>
    </message>
    <message>
        <source>The patient is asked to say it in their own words</source>
        <translation>يُطلب من المريض أن يقولها بكلماته</translation>
    </message>
    <message>
        <source>Asked of the patient</source>
        <translation>سؤال للمريض</translation>
    </message>
    <message>
        <source>Asked of the doctor</source>
        <translation>سؤال للطبيب</translation>
    </message>
</context>
<context>
    <name>DevicesForm</name>
    <message>
        <source>the doctor&apos;s microphone</source>
        <translation>ميكروفون الطبيب</translation>
    </message>
    <message>
        <source>the patient&apos;s microphone</source>
        <translation>ميكروفون المريض</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>ابحث مرة أخرى</translation>
    </message>
    <message>
        <source>Who speaks into what</source>
        <translation>من يتكلم في أي ميكروفون</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>الميكروفون</translation>
    </message>
    <message>
        <source>The patient&apos;s microphone</source>
        <translation>ميكروفون المريض</translation>
    </message>
    <message>
        <source>Loudspeaker</source>
        <translation>مكبر الصوت</translation>
    </message>
    <message>
        <source>One microphone for both</source>
        <translation>ميكروفون واحد للاثنين</translation>
    </message>
    <message>
        <source>A microphone each</source>
        <translation>ميكروفون لكل منهما</translation>
    </message>
    <message>
        <source>One device: doctor left, patient right</source>
        <translation>جهاز واحد: الطبيب يسارًا والمريض يمينًا</translation>
    </message>
    <message>
        <source>The system&apos;s: {name}</source>
        <translation>جهاز النظام: {name}</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>جهاز النظام</translation>
    </message>
    <message>
        <source>This machine has no microphone.</source>
        <translation>لا يوجد ميكروفون في هذا الجهاز.</translation>
    </message>
    <message>
        <source>Plug one in, then look again.</source>
        <translation>صِل واحدًا ثم ابحث مرة أخرى.</translation>
    </message>
    <message>
        <source>{name} is not plugged in.</source>
        <translation>‏{name} غير موصول.</translation>
    </message>
    <message>
        <source>Plug it in and look again, or choose another one.</source>
        <translation>صِله وابحث مرة أخرى، أو اختر غيره.</translation>
    </message>
    <message>
        <source>Nothing can be heard of this microphone.</source>
        <translation>لا يُسمع شيء من هذا الميكروفون.</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Choose files …</source>
        <translation>اختر ملفات …</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>التسجيلات</translation>
    </message>
</context>
<context>
    <name>EndedPage</name>
    <message>
        <source>The visit is over</source>
        <translation>انتهت الزيارة</translation>
    </message>
    <message>
        <source>Review it</source>
        <translation>راجعها</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>زيارة جديدة</translation>
    </message>
    <message>
        <source>It is kept, encrypted, as session {session}.</source>
        <translation>محفوظة مشفّرة باسم الجلسة {session}.</translation>
    </message>
    <message>
        <source>The visit has ended and is kept.</source>
        <translation>انتهت الزيارة وهي محفوظة.</translation>
    </message>
    <message>
        <source>The session says so, and no more.</source>
        <translation>تذكر الجلسة ذلك ولا شيء غيره.</translation>
    </message>
    <message>
        <source>Consent was refused: nothing was recorded.</source>
        <translation>رُفضت الموافقة: لم يُسجَّل شيء.</translation>
    </message>
    <message>
        <source>The visit did not begin. Nothing was recorded.</source>
        <translation>لم تبدأ الزيارة. لم يُسجَّل شيء.</translation>
    </message>
    <message>
        <source>The visit was ended at once.</source>
        <translation>أُنهيت الزيارة فورًا.</translation>
    </message>
    <message>
        <source>The visit ended because something failed.</source>
        <translation>انتهت الزيارة لأن شيئًا ما تعطّل.</translation>
    </message>
    <message>
        <source>In figures</source>
        <translation>بالأرقام</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>المدة</translation>
    </message>
    <message>
        <source>Lines of the doctor</source>
        <translation>جمل الطبيب</translation>
    </message>
    <message>
        <source>Lines of the patient</source>
        <translation>جمل المريض</translation>
    </message>
    <message>
        <source>Translated</source>
        <translation>مترجمة</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>محتجزة</translation>
    </message>
    <message>
        <source>Asked back</source>
        <translation>مسؤول عنها</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>فاشلة</translation>
    </message>
    <message>
        <source>From the end of speech to the voice</source>
        <translation>من نهاية الكلام إلى الصوت</translation>
    </message>
</context>
<context>
    <name>Expectation</name>
    <message>
        <source>What can be expected</source>
        <translation>ما يمكن توقعه</translation>
    </message>
    <message>
        <source>Looking up what was measured for this pair …</source>
        <translation>البحث عما قيس لهذا الزوج …</translation>
    </message>
    <message>
        <source>not translated</source>
        <translation>غير مترجم</translation>
    </message>
    <message>
        <source>translated</source>
        <translation>مترجم</translation>
    </message>
    <message>
        <source>draft translation</source>
        <translation>ترجمة أولية</translation>
    </message>
    <message>
        <source>shown only</source>
        <translation>يُعرض فقط</translation>
    </message>
    <message>
        <source>spoken</source>
        <translation>منطوق</translation>
    </message>
    <message>
        <source>spoken, plain voice</source>
        <translation>منطوق بصوت بسيط</translation>
    </message>
    <message>
        <source>{name}: {value} of 100 words misheard (recordings: {n})</source>
        <translation>‏{name}: أُسيء سماع {value} من 100 كلمة (التسجيلات: {n})</translation>
    </message>
    <message>
        <source>{name}: how well it is heard was not measured</source>
        <translation>‏{name}: لم يُقس مدى جودة سماعها</translation>
    </message>
    <message>
        <source>translation {value} of 100 like a person&apos;s (chrF2, sentences: {n})</source>
        <translation>الترجمة تشبه ترجمة الإنسان بمقدار {value} من 100 (chrF2، الجمل: {n})</translation>
    </message>
    <message>
        <source>translation not measured</source>
        <translation>الترجمة لم تُقس</translation>
    </message>
    <message>
        <source>the voice begins after {value} s (sentences: {n})</source>
        <translation>يبدأ الصوت بعد {value} ث (الجمل: {n})</translation>
    </message>
    <message>
        <source>time to the voice not measured</source>
        <translation>الزمن حتى الصوت لم يُقس</translation>
    </message>
    <message>
        <source>{text}: too few to rely on</source>
        <translation>‏{text}: أقل من أن يُعتمد عليها</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Write documents</source>
        <translation>كتابة مستندات</translation>
    </message>
    <message>
        <source>The recording as well (FLAC)</source>
        <translation>التسجيل الصوتي أيضًا (FLAC)</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>المجلد</translation>
    </message>
    <message>
        <source>A new folder, which is made</source>
        <translation>مجلد جديد يُنشأ</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>اكتب</translation>
    </message>
    <message>
        <source>PDF, to print</source>
        <translation>‏PDF للطباعة</translation>
    </message>
    <message>
        <source>Word document (DOCX)</source>
        <translation>مستند Word (DOCX)</translation>
    </message>
    <message>
        <source>Text (Markdown)</source>
        <translation>نص (Markdown)</translation>
    </message>
    <message>
        <source>Data (JSON)</source>
        <translation>بيانات (JSON)</translation>
    </message>
    <message>
        <source>Subtitles (SRT)</source>
        <translation>ترجمة مرئية (SRT)</translation>
    </message>
    <message>
        <source>Subtitles for the web (VTT)</source>
        <translation>ترجمة مرئية للويب (VTT)</translation>
    </message>
    <message>
        <source>Who spoke when (RTTM)</source>
        <translation>من تكلم ومتى (RTTM)</translation>
    </message>
    <message>
        <source>A page to listen to and read along (HTML)</source>
        <translation>صفحة للاستماع والقراءة معًا (HTML)</translation>
    </message>
    <message>
        <source>An extractive draft of the note</source>
        <translation>مسودة مستخلصة للملاحظة</translation>
    </message>
    <message>
        <source>FHIR documents (R4 and R5)</source>
        <translation>مستندات FHIR (R4 وR5)</translation>
    </message>
    <message>
        <source>De-identified transcript: a person must check it</source>
        <translation>نص بلا هوية: يجب أن يفحصه إنسان</translation>
    </message>
    <message>
        <source>What is written can be read by everybody who can open the folder.</source>
        <translation>ما يُكتب يستطيع قراءته كل من يفتح المجلد.</translation>
    </message>
    <message>
        <source>In the app the session is encrypted; documents are not.</source>
        <translation>الجلسة في التطبيق مشفّرة؛ المستندات ليست كذلك.</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>اختر …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>In which folder?</source>
        <translation>في أي مجلد؟</translation>
    </message>
</context>
<context>
    <name>Failures</name>
    <message>
        <source>The part of the app that did this ended unexpectedly.</source>
        <translation>جزء التطبيق الذي كان يقوم بهذا توقف فجأة.</translation>
    </message>
    <message>
        <source>Nothing that was kept is lost. Try again: it is started anew.</source>
        <translation>لم يُفقد شيء مما حُفظ. حاول مرة أخرى: يُشغَّل من جديد.</translation>
    </message>
    <message>
        <source>Something went wrong that should not have.</source>
        <translation>حدث خطأ ما كان ينبغي أن يحدث.</translation>
    </message>
    <message>
        <source>Nothing that was kept is lost. If it happens again, report it with the log.</source>
        <translation>لم يُفقد شيء مما حُفظ. إن تكرر، فأبلغ عنه مع السجل.</translation>
    </message>
    <message>
        <source>The stored visits cannot be opened: their key was not given.</source>
        <translation>لا يمكن فتح الزيارات المحفوظة: لم يُعطَ مفتاحها.</translation>
    </message>
    <message>
        <source>Try again and type the passphrase, or log in as the user who made them.</source>
        <translation>حاول مرة أخرى واكتب عبارة المرور، أو سجّل الدخول بالمستخدم الذي أنشأها.</translation>
    </message>
    <message>
        <source>Another program is at this session.</source>
        <translation>برنامج آخر يستخدم هذه الجلسة.</translation>
    </message>
    <message>
        <source>End it there first, then try again.</source>
        <translation>أنهها هناك أولًا، ثم حاول مرة أخرى.</translation>
    </message>
    <message>
        <source>What must be kept cannot be kept on this disk.</source>
        <translation>ما يجب حفظه لا يمكن حفظه على هذا القرص.</translation>
    </message>
    <message>
        <source>A model is missing.</source>
        <translation>ينقص نموذج.</translation>
    </message>
    <message>
        <source>Open Models and fetch it.</source>
        <translation>افتح النماذج وأحضره.</translation>
    </message>
    <message>
        <source>A model&apos;s files are damaged.</source>
        <translation>ملفات أحد النماذج تالفة.</translation>
    </message>
    <message>
        <source>Open Models and fetch it again.</source>
        <translation>افتح النماذج وأحضره مرة أخرى.</translation>
    </message>
    <message>
        <source>The model could not be fetched from where it lies.</source>
        <translation>تعذر إحضار النموذج من حيث يوجد.</translation>
    </message>
    <message>
        <source>Check the connection and try again: what has arrived is kept.</source>
        <translation>تحقق من الاتصال وحاول مرة أخرى: ما وصل محفوظ.</translation>
    </message>
    <message>
        <source>Something that this needs is not on this machine.</source>
        <translation>شيء يحتاجه هذا غير موجود على هذا الجهاز.</translation>
    </message>
    <message>
        <source>This profile does not serve these languages.</source>
        <translation>ملف الإعداد هذا لا يخدم هاتين اللغتين.</translation>
    </message>
    <message>
        <source>Choose another profile, or other languages.</source>
        <translation>اختر ملف إعداد آخر أو لغتين أخريين.</translation>
    </message>
</context>
<context>
    <name>FindingsPanel</name>
    <message>
        <source>Findings</source>
        <translation>النتائج</translation>
    </message>
    <message>
        <source>Findings of the guard</source>
        <translation>نتائج الفحص</translation>
    </message>
    <message>
        <source>Enter shows the line</source>
        <translation>مفتاح الإدخال يُظهر السطر</translation>
    </message>
    <message>
        <source>Nothing was found</source>
        <translation>لم يُعثر على شيء</translation>
    </message>
    <message>
        <source>Numbers, doses, negations and the like are the same on both sides, as far as the guard can tell.</source>
        <translation>الأرقام والجرعات والنفي وما شابهها متطابقة في الجانبين، بقدر ما يستطيع الفحص معرفته.</translation>
    </message>
    <message>
        <source>What may differ between what was said and its translation</source>
        <translation>ما قد يختلف بين ما قيل وترجمته</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>مفقود</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>متغيّر</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>مضاف</translation>
    </message>
</context>
<context>
    <name>Folded</name>
    <message>
        <source>unfolded</source>
        <translation>مفتوح</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>مطوي</translation>
    </message>
</context>
<context>
    <name>Hints</name>
    <message>
        <source>No phrase says this.</source>
        <translation>لا عبارة تقول هذا.</translation>
    </message>
    <message>
        <source>Nothing waits for an answer.</source>
        <translation>لا شيء ينتظر إجابة.</translation>
    </message>
    <message>
        <source>There is nothing to repeat yet.</source>
        <translation>لا يوجد ما يُكرَّر بعد.</translation>
    </message>
    <message>
        <source>The doctor has said nothing yet.</source>
        <translation>لم يقل الطبيب شيئًا بعد.</translation>
    </message>
    <message>
        <source>Nobody has said anything yet.</source>
        <translation>لم يقل أحد شيئًا بعد.</translation>
    </message>
    <message>
        <source>It is held: say it as it is, or leave it out.</source>
        <translation>إنها محتجزة: قلها كما هي أو اتركها.</translation>
    </message>
    <message>
        <source>This one has a gap to be filled.</source>
        <translation>في هذه فراغ يجب ملؤه.</translation>
    </message>
</context>
<context>
    <name>HomeView</name>
    <message>
        <source>Start a visit, go on with one, or look at what was said.</source>
        <translation>ابدأ زيارة، أو تابع واحدة، أو انظر فيما قيل.</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>الرئيسية</translation>
    </message>
    <message>
        <source>Transcribe recordings</source>
        <translation>تفريغ التسجيلات</translation>
    </message>
    <message>
        <source>Drop recordings here</source>
        <translation>أفلت التسجيلات هنا</translation>
    </message>
    <message>
        <source>They become transcripts in both languages, with speakers.</source>
        <translation>تصبح نصوصًا باللغتين مع المتكلمين.</translation>
    </message>
    <message>
        <source>Keep in mind</source>
        <translation>تذكّر</translation>
    </message>
    <message>
        <source>VoiceDoc is no qualified interpreter and no medical device. Machine translation makes errors that matter: have a person at hand who can check.</source>
        <translation>‏VoiceDoc ليس مترجمًا مؤهلًا ولا جهازًا طبيًا. الترجمة الآلية ترتكب أخطاء مهمة: ليكن بقربك شخص يستطيع التحقق.</translation>
    </message>
    <message>
        <source>Show the introduction</source>
        <translation>أظهر المقدمة</translation>
    </message>
</context>
<context>
    <name>HomeViewModel</name>
    <message>
        <source>The visit was ended; what was said is kept.</source>
        <translation>أُنهيت الزيارة؛ وما قيل محفوظ.</translation>
    </message>
</context>
<context>
    <name>HotKeys</name>
    <message>
        <source>Keys during a visit</source>
        <translation>المفاتيح أثناء الزيارة</translation>
    </message>
    <message>
        <source>All as at first</source>
        <translation>كلها كما في البداية</translation>
    </message>
    <message>
        <source>Digits choose phrases that are offered; these stay as they are.</source>
        <translation>الأرقام تختار العبارات المعروضة؛ وتبقى كما هي.</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>غيّر المفاتيح</translation>
    </message>
    <message>
        <source>Press the key that you want.</source>
        <translation>اضغط المفتاح الذي تريده.</translation>
    </message>
    <message>
        <source>The key {key} cannot be had: {taken}.</source>
        <translation>لا يمكن أخذ المفتاح {key}: {taken}.</translation>
    </message>
    <message>
        <source>it always means the same</source>
        <translation>معناه ثابت دائمًا</translation>
    </message>
    <message>
        <source>a key of a visit is pressed alone</source>
        <translation>مفتاح الزيارة يُضغط وحده</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>اختر غيره.</translation>
    </message>
    <message>
        <source>Press to talk, press again to let go</source>
        <translation>اضغط للتحدث، واضغط مرة أخرى للإفلات</translation>
    </message>
    <message>
        <source>Talk: the doctor</source>
        <translation>تحدث: الطبيب</translation>
    </message>
    <message>
        <source>Talk: the patient</source>
        <translation>تحدث: المريض</translation>
    </message>
    <message>
        <source>That was the doctor</source>
        <translation>كان ذلك الطبيب</translation>
    </message>
    <message>
        <source>That was the patient</source>
        <translation>كان ذلك المريض</translation>
    </message>
    <message>
        <source>Yes, to what is asked back</source>
        <translation>نعم، على ما يُسأل عنه</translation>
    </message>
    <message>
        <source>No, to what is asked back</source>
        <translation>لا، على ما يُسأل عنه</translation>
    </message>
    <message>
        <source>Say a held translation as it is</source>
        <translation>قل الترجمة المحتجزة كما هي</translation>
    </message>
    <message>
        <source>Leave a held translation out</source>
        <translation>اترك الترجمة المحتجزة</translation>
    </message>
    <message>
        <source>Say the last translation again</source>
        <translation>قل الترجمة الأخيرة مرة أخرى</translation>
    </message>
    <message>
        <source>The voice is silent at once</source>
        <translation>يصمت الصوت فورًا</translation>
    </message>
    <message>
        <source>Find a reviewed phrase</source>
        <translation>ابحث عن عبارة مراجَعة</translation>
    </message>
    <message>
        <source>Type what the doctor says</source>
        <translation>اكتب ما يقوله الطبيب</translation>
    </message>
    <message>
        <source>Have the patient repeat the last instruction</source>
        <translation>اجعل المريض يعيد التعليمة الأخيرة</translation>
    </message>
    <message>
        <source>Call a human interpreter</source>
        <translation>استدعِ مترجمًا بشريًا</translation>
    </message>
    <message>
        <source>Listen no more; listen again</source>
        <translation>أوقف الاستماع؛ استمع من جديد</translation>
    </message>
    <message>
        <source>The note so far</source>
        <translation>الملاحظة حتى الآن</translation>
    </message>
    <message>
        <source>End the visit</source>
        <translation>أنهِ الزيارة</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>How visits are kept</source>
        <translation>كيف تُحفظ الزيارات</translation>
    </message>
    <message>
        <source>The visits are put under the new key</source>
        <translation>تُوضع الزيارات تحت المفتاح الجديد</translation>
    </message>
    <message>
        <source>Use a passphrase …</source>
        <translation>استخدم عبارة مرور …</translation>
    </message>
    <message>
        <source>Use the computer&apos;s keyring</source>
        <translation>استخدم حافظة مفاتيح الحاسوب</translation>
    </message>
    <message>
        <source>Destroy them now</source>
        <translation>أتلفها الآن</translation>
    </message>
    <message>
        <source>Holds for visits to come. Those over their time are destroyed when the next one begins.</source>
        <translation>يسري على الزيارات القادمة. ما انتهت مدته يُتلف عند بدء الزيارة التالية.</translation>
    </message>
    <message>
        <source>Destroy a visit</source>
        <translation>إتلاف الزيارة</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>التشفير</translation>
    </message>
    <message>
        <source>looking …</source>
        <translation>جارٍ البحث …</translation>
    </message>
    <message>
        <source>encrypted, key in the computer&apos;s keyring</source>
        <translation>مشفّرة، والمفتاح في حافظة مفاتيح الحاسوب</translation>
    </message>
    <message>
        <source>encrypted, key made of a passphrase</source>
        <translation>مشفّرة، والمفتاح من عبارة مرور</translation>
    </message>
    <message>
        <source>the first visit makes the key</source>
        <translation>الزيارة الأولى تنشئ المفتاح</translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) in {folder}</source>
        <translation>
            <numerusform>لا زيارات في {folder}</numerusform>
            <numerusform>زيارة واحدة في {folder}</numerusform>
            <numerusform>زيارتان في {folder}</numerusform>
            <numerusform>%n زيارات في {folder}</numerusform>
            <numerusform>%n زيارة في {folder}</numerusform>
            <numerusform>%n زيارة في {folder}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) are over their time.</source>
        <translation>
            <numerusform>لا زيارات انتهت مدتها.</numerusform>
            <numerusform>زيارة واحدة انتهت مدتها.</numerusform>
            <numerusform>زيارتان انتهت مدتهما.</numerusform>
            <numerusform>%n زيارات انتهت مدتها.</numerusform>
            <numerusform>%n زيارة انتهت مدتها.</numerusform>
            <numerusform>%n زيارة انتهت مدتها.</numerusform>
        </translation>
    </message>
    <message>
        <source>when the next one begins</source>
        <translation>عند بدء التالية</translation>
    </message>
    <message>
        <source>after a day</source>
        <translation>بعد يوم</translation>
    </message>
    <message>
        <source>after {n} days</source>
        <translation>بعد {n} يوم</translation>
    </message>
    <message>
        <source>never; somebody does it</source>
        <translation>أبدًا؛ يفعل ذلك شخص</translation>
    </message>
    <message>
        <source>Destroy these visits?</source>
        <translation>إتلاف هذه الزيارات؟</translation>
    </message>
    <message>
        <source>What was said in them, their sound and their notes can never be read again.</source>
        <translation>ما قيل فيها وصوتها وملاحظاتها لن يمكن قراءتها أبدًا.</translation>
    </message>
    <message>
        <source>Destroy them</source>
        <translation>أتلفها</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>احتفظ بها</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>Arabic</source>
        <translation>العربية</translation>
    </message>
    <message>
        <source>German</source>
        <translation>الألمانية</translation>
    </message>
    <message>
        <source>English</source>
        <translation>الإنجليزية</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>الإسبانية</translation>
    </message>
    <message>
        <source>French</source>
        <translation>الفرنسية</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>الهندية</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>الإيطالية</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>اليابانية</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>البرتغالية</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>الروسية</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>الصينية</translation>
    </message>
</context>
<context>
    <name>Level</name>
    <message>
        <source>Emergency</source>
        <translation>طارئ</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>عاجل</translation>
    </message>
    <message>
        <source>Soon</source>
        <translation>قريبًا</translation>
    </message>
    <message>
        <source>Major</source>
        <translation>خطير</translation>
    </message>
    <message>
        <source>Moderate</source>
        <translation>متوسط</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Level of {name}</source>
        <translation>مستوى {name}</translation>
    </message>
    <message>
        <source>not listening</source>
        <translation>لا يستمع</translation>
    </message>
    <message>
        <source>silence</source>
        <translation>صمت</translation>
    </message>
    <message>
        <source>too loud</source>
        <translation>عالٍ جدًا</translation>
    </message>
    <message>
        <source>loud</source>
        <translation>عالٍ</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>مسموع</translation>
    </message>
</context>
<context>
    <name>LimitsStep</name>
    <message>
        <source>It is no qualified interpreter and no medical device.</source>
        <translation>ليس مترجمًا مؤهلًا ولا جهازًا طبيًا.</translation>
    </message>
    <message>
        <source>Machine translation makes errors that matter. Have a person at hand who can check.</source>
        <translation>الترجمة الآلية ترتكب أخطاء مهمة. ليكن بقربك شخص يستطيع التحقق.</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>ما يفعله</translation>
    </message>
    <message>
        <source>It listens to a doctor and a patient, writes down what each says, translates and speaks it.</source>
        <translation>يستمع إلى الطبيب والمريض، ويكتب ما يقوله كل منهما، ويترجمه وينطقه.</translation>
    </message>
    <message>
        <source>It holds a translation that changed a dose, a drug, a side or a “not”, and asks you.</source>
        <translation>يحتجز ترجمة غيّرت جرعة أو دواء أو جهة أو «لا»، ويسألك.</translation>
    </message>
    <message>
        <source>It keeps everything encrypted on this machine. Nothing leaves it.</source>
        <translation>يحفظ كل شيء مشفّرًا على هذا الجهاز. لا شيء يغادره.</translation>
    </message>
    <message>
        <source>It warns, and drafts notes; a person decides, and signs.</source>
        <translation>ينبّه ويكتب مسودات الملاحظات؛ والإنسان يقرر ويوقّع.</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>اللغات</translation>
    </message>
    <message>
        <source>Language of the app</source>
        <translation>لغة التطبيق</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>الطبيب يتكلم</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>المريض يتكلم</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>كالنظام</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Back to it</source>
        <translation>العودة إليها</translation>
    </message>
    <message>
        <source>Leave this place?</source>
        <translation>مغادرة هذا المكان؟</translation>
    </message>
    <message>
        <source>{what}. It goes on meanwhile, and a bar above leads back to it.</source>
        <translation>‏{what}. تستمر في أثناء ذلك، وشريط في الأعلى يعيدك إليها.</translation>
    </message>
    <message>
        <source>Look elsewhere</source>
        <translation>انظر في مكان آخر</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>ابقَ</translation>
    </message>
    <message>
        <source>The part of the app that interprets ended unexpectedly.</source>
        <translation>جزء التطبيق الذي يترجم توقف فجأة.</translation>
    </message>
    <message>
        <source>What was said is kept: a visit that had begun can be continued on the Visit screen.</source>
        <translation>ما قيل محفوظ: الزيارة التي كانت قد بدأت يمكن متابعتها في شاشة الزيارة.</translation>
    </message>
    <message>
        <source>The part of the app that works in the background ended unexpectedly.</source>
        <translation>جزء التطبيق الذي يعمل في الخلفية توقف فجأة.</translation>
    </message>
    <message>
        <source>Nothing that was kept is lost. It is started again when it is needed.</source>
        <translation>لم يُفقد شيء مما حُفظ. يُشغَّل من جديد عند الحاجة.</translation>
    </message>
    <message>
        <source>The settings cannot be written: {why}</source>
        <translation>تعذرت كتابة الإعدادات: {why}</translation>
    </message>
    <message>
        <source>They hold until the app closes.</source>
        <translation>تسري حتى يُغلق التطبيق.</translation>
    </message>
    <message>
        <source>Close VoiceDoc?</source>
        <translation>إغلاق VoiceDoc؟</translation>
    </message>
    <message>
        <source>{what}. Closing ends it; what was said is kept.</source>
        <translation>‏{what}. الإغلاق ينهيها؛ وما قيل محفوظ.</translation>
    </message>
    <message>
        <source>End it and close</source>
        <translation>أنهها وأغلق</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>The licence of these weights is not settled. You may use them if you accept that:</source>
        <translation>رخصة هذه الأوزان غير محسومة. يمكنك استخدامها إن قبلت ذلك:</translation>
    </message>
    <message>
        <source>Accept this licence?</source>
        <translation>قبول هذه الرخصة؟</translation>
    </message>
    <message>
        <source>Accept and fetch</source>
        <translation>اقبل وأحضر</translation>
    </message>
    <message>
        <source>Do not fetch</source>
        <translation>لا تُحضر</translation>
    </message>
    <message>
        <source>Progress of {name}</source>
        <translation>تقدّم {name}</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>أحضر</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>أوقف</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>تحقّق</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>أزل</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>تفاصيل</translation>
    </message>
    <message>
        <source>Fetch again</source>
        <translation>أحضر مرة أخرى</translation>
    </message>
    <message>
        <source>waiting for the one before</source>
        <translation>بانتظار السابق</translation>
    </message>
    <message>
        <source>computing every hash anew …</source>
        <translation>حساب كل البصمات من جديد …</translation>
    </message>
    <message>
        <source>being removed …</source>
        <translation>جارٍ الإزالة …</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>‏{done} من {total}</translation>
    </message>
    <message>
        <source>beginning …</source>
        <translation>جارٍ البدء …</translation>
    </message>
    <message>
        <source>comes with a library</source>
        <translation>يأتي مع مكتبة</translation>
    </message>
    <message>
        <source>there</source>
        <translation>موجود</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>غير موجود</translation>
    </message>
    <message>
        <source>an older one</source>
        <translation>نسخة أقدم</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>تالف</translation>
    </message>
    <message>
        <source>Licence: {licence}</source>
        <translation>الرخصة: {licence}</translation>
    </message>
    <message>
        <source>to be accepted once</source>
        <translation>تُقبل مرة واحدة</translation>
    </message>
    <message>
        <source>Languages: {tags}</source>
        <translation>اللغات: {tags}</translation>
    </message>
    <message>
        <source>Profiles: {names}</source>
        <translation>ملفات الإعداد: {names}</translation>
    </message>
    <message>
        <source>{n} files</source>
        <translation>‏{n} ملفات</translation>
    </message>
    <message>
        <source>Measured: {figures}</source>
        <translation>المقيس: {figures}</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>لم يُقس</translation>
    </message>
    <message>
        <source>Part of the library {name}: it comes and goes with that.</source>
        <translation>جزء من المكتبة {name}: يأتي ويذهب معها.</translation>
    </message>
    <message>
        <source>It can be fetched again.</source>
        <translation>يمكن إحضاره مرة أخرى.</translation>
    </message>
    <message>
        <source>These profiles need it: {names}.</source>
        <translation>تحتاجه ملفات الإعداد هذه: {names}.</translation>
    </message>
    <message>
        <source>Remove {name}?</source>
        <translation>إزالة {name}؟</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>احتفظ</translation>
    </message>
</context>
<context>
    <name>ModelLine</name>
    <message>
        <source>Progress of {name}</source>
        <translation>تقدّم {name}</translation>
    </message>
    <message>
        <source>Its licence is not settled ({licence}). I accept that.</source>
        <translation>رخصته غير محسومة ({licence}). أقبل ذلك.</translation>
    </message>
    <message>
        <source>Accept the licence of {name}</source>
        <translation>قبول رخصة {name}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>‏{done} من {total}</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>تم التحقق</translation>
    </message>
    <message>
        <source>fetching</source>
        <translation>جارٍ الإحضار</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>فشل</translation>
    </message>
    <message>
        <source>part of a package</source>
        <translation>جزء من حزمة</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>بالانتظار</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>ناقص</translation>
    </message>
</context>
<context>
    <name>ModelsStep</name>
    <message>
        <source>Stop</source>
        <translation>أوقف</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>النماذج</translation>
    </message>
    <message>
        <source>They understand, translate and speak. They are fetched once, checked against their known hashes, and work on this machine. This is the only time that VoiceDoc connects to anything.</source>
        <translation>إنها تفهم وتترجم وتتكلم. تُحضر مرة واحدة، وتُفحص ببصماتها المعروفة، وتعمل على هذا الجهاز. هذه هي المرة الوحيدة التي يتصل فيها VoiceDoc بشيء.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>حاول مرة أخرى</translation>
    </message>
    <message>
        <source>Fetch {size}</source>
        <translation>أحضر {size}</translation>
    </message>
    <message>
        <source>Looking which models are there …</source>
        <translation>البحث عن النماذج الموجودة …</translation>
    </message>
    <message>
        <source>The profile {name} does not interpret between these two languages.</source>
        <translation>ملف الإعداد {name} لا يترجم بين هاتين اللغتين.</translation>
    </message>
    <message>
        <source>All models for these two languages are there and verified.</source>
        <translation>كل النماذج لهاتين اللغتين موجودة وتم التحقق منها.</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) are missing: {size} to download.</source>
        <translation>
            <numerusform>لا ينقص أي نموذج: {size} للتنزيل.</numerusform>
            <numerusform>ينقص نموذج واحد: {size} للتنزيل.</numerusform>
            <numerusform>ينقص نموذجان: {size} للتنزيل.</numerusform>
            <numerusform>تنقص %n نماذج: {size} للتنزيل.</numerusform>
            <numerusform>ينقص %n نموذجًا: {size} للتنزيل.</numerusform>
            <numerusform>ينقص %n نموذج: {size} للتنزيل.</numerusform>
        </translation>
    </message>
    <message>
        <source>Some have no settled licence; read it, and accept it where you may.</source>
        <translation>بعضها بلا رخصة محسومة؛ اقرأها واقبلها حيث يجوز لك.</translation>
    </message>
</context>
<context>
    <name>ModelsView</name>
    <message>
        <source>Hears where somebody speaks</source>
        <translation>يسمع أين يتكلم أحد</translation>
    </message>
    <message>
        <source>Understands speech</source>
        <translation>يفهم الكلام</translation>
    </message>
    <message>
        <source>Tells voices apart</source>
        <translation>يميّز الأصوات</translation>
    </message>
    <message>
        <source>Translates</source>
        <translation>يترجم</translation>
    </message>
    <message>
        <source>Speaks</source>
        <translation>يتكلم</translation>
    </message>
    <message>
        <source>Compares meanings</source>
        <translation>يقارن المعاني</translation>
    </message>
    <message>
        <source>Words questions and notes</source>
        <translation>يصوغ الأسئلة والملاحظات</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>معرفة</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>أخرى</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>النماذج</translation>
    </message>
    <message>
        <source>They run on this computer. Only fetching them connects to anything.</source>
        <translation>تعمل على هذا الحاسوب. إحضارها وحده يتصل بشيء.</translation>
    </message>
    <message>
        <source>Models of which profile</source>
        <translation>نماذج أي ملف إعداد</translation>
    </message>
    <message>
        <source>Fetch all of them</source>
        <translation>أحضرها كلها</translation>
    </message>
    <message>
        <source>Looking which models there are …</source>
        <translation>البحث عن النماذج الموجودة …</translation>
    </message>
    <message>
        <source>No models</source>
        <translation>لا نماذج</translation>
    </message>
    <message>
        <source>This profile needs none that are known here.</source>
        <translation>لا يحتاج ملف الإعداد هذا أيًا من المعروفة هنا.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>ابحث مرة أخرى</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>كل النماذج</translation>
    </message>
    <message>
        <source>Profile {name}</source>
        <translation>ملف الإعداد {name}</translation>
    </message>
    <message>
        <source>Profile {name} lacks {n} models, {size}</source>
        <translation>ملف الإعداد {name} ينقصه {n} من النماذج، {size}</translation>
    </message>
</context>
<context>
    <name>ModelsViewModel</name>
    <message>
        <source>Models are being fetched</source>
        <translation>جارٍ إحضار النماذج</translation>
    </message>
    <message>
        <source>Fetched and verified, {size}.</source>
        <translation>أُحضر وتم التحقق منه، {size}.</translation>
    </message>
    <message>
        <source>{name} is there and verified.</source>
        <translation>‏{name} موجود وتم التحقق منه.</translation>
    </message>
    <message>
        <source>Fetch it again.</source>
        <translation>أحضره مرة أخرى.</translation>
    </message>
    <message>
        <source>Damaged: {files}</source>
        <translation>تالف: {files}</translation>
    </message>
    <message>
        <source>{n} files are what they must be.</source>
        <translation>‏{n} ملفات كما يجب أن تكون.</translation>
    </message>
    <message>
        <source>Removed; {size} are free.</source>
        <translation>أُزيل؛ تحررت {size}.</translation>
    </message>
    <message>
        <source>Stopped. What has arrived is kept for the next time.</source>
        <translation>توقف. ما وصل محفوظ للمرة القادمة.</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Places</source>
        <translation>الأماكن</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>طيّ</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>الرئيسية</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>الزيارة</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>المراجعة</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>التسجيلات</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>النماذج</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
</context>
<context>
    <name>NoVisit</name>
    <message>
        <source>Set up a visit</source>
        <translation>إعداد زيارة</translation>
    </message>
    <message>
        <source>Choose the languages and devices on the first screen; the visit then goes on here.</source>
        <translation>اختر اللغات والأجهزة في الشاشة الأولى؛ ثم تستمر الزيارة هنا.</translation>
    </message>
    <message>
        <source>No visit is open</source>
        <translation>لا زيارة مفتوحة</translation>
    </message>
</context>
<context>
    <name>NotePanel</name>
    <message>
        <source>Note</source>
        <translation>الملاحظة</translation>
    </message>
    <message>
        <source>Which note</source>
        <translation>أي ملاحظة</translation>
    </message>
    <message>
        <source>The note</source>
        <translation>نص الملاحظة</translation>
    </message>
    <message>
        <source>Numbers in brackets are links to what was said</source>
        <translation>الأرقام بين الأقواس روابط إلى ما قيل</translation>
    </message>
    <message>
        <source>Edit the note</source>
        <translation>حرّر الملاحظة</translation>
    </message>
    <message>
        <source>Each sentence begins with a dash</source>
        <translation>كل جملة تبدأ بشرطة</translation>
    </message>
    <message>
        <source>Draft the note</source>
        <translation>اكتب مسودة الملاحظة</translation>
    </message>
    <message>
        <source>By rules, from what was said; every sentence says where</source>
        <translation>بقواعد، مما قيل؛ كل جملة تذكر مصدرها</translation>
    </message>
    <message>
        <source>Draft a summary for the patient</source>
        <translation>اكتب ملخصًا للمريض</translation>
    </message>
    <message>
        <source>Draft anew</source>
        <translation>اكتب المسودة من جديد</translation>
    </message>
    <message>
        <source>A new version; the ones before stay</source>
        <translation>نسخة جديدة؛ وتبقى السابقة</translation>
    </message>
    <message>
        <source>Draft by the model</source>
        <translation>مسودة من النموذج</translation>
    </message>
    <message>
        <source>What was said goes to the dialogue model on your network; rules judge every sentence</source>
        <translation>ما قيل يذهب إلى نموذج الحوار في شبكتك؛ وتحكم القواعد على كل جملة</translation>
    </message>
    <message>
        <source>By the model</source>
        <translation>من النموذج</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>تحرير</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>احتفظ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Your name, such as Dr Ana Silva</source>
        <translation>اسمك، مثل د. آنا سيلفا</translation>
    </message>
    <message>
        <source>Who signs</source>
        <translation>من يوقّع</translation>
    </message>
    <message>
        <source>The name of whoever answers for the note</source>
        <translation>اسم من يتحمل مسؤولية الملاحظة</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>توقيع</translation>
    </message>
    <message>
        <source>No note yet</source>
        <translation>لا ملاحظة بعد</translation>
    </message>
    <message>
        <source>A draft is made of what was said, sentence by sentence. You read, edit and sign it.</source>
        <translation>تُكتب مسودة مما قيل، جملة بعد جملة. أنت تقرؤها وتحررها وتوقّعها.</translation>
    </message>
    <message>
        <source>[3, 5] are the lines that a sentence rests on. Keep the headings.</source>
        <translation>‏[3, 5] هي السطور التي تستند إليها الجملة. أبقِ العناوين.</translation>
    </message>
    <message>
        <source>{title} ({language}), version {number}</source>
        <translation>‏{title} ({language})، النسخة {number}</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>مسودة</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>موقّعة</translation>
    </message>
    <message>
        <source>Changed since signed</source>
        <translation>تغيّرت بعد التوقيع</translation>
    </message>
    <message>
        <source>By signing as {name} you say that you have read it and answer for it.</source>
        <translation>بتوقيعك باسم {name} تقول إنك قرأتها وتتحمل مسؤوليتها.</translation>
    </message>
    <message>
        <source>{n} of its sentences are marked as doubtful.</source>
        <translation>‏{n} من جملها مشار إليها بأنها مشكوك فيها.</translation>
    </message>
    <message>
        <source>Sign this note?</source>
        <translation>توقيع هذه الملاحظة؟</translation>
    </message>
    <message>
        <source>I have read it: sign</source>
        <translation>لقد قرأتها: وقّع</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>ليس بعد</translation>
    </message>
</context>
<context>
    <name>NoteSoFar</name>
    <message>
        <source>Note so far</source>
        <translation>الملاحظة حتى الآن</translation>
    </message>
    <message>
        <source>Enter shows what a sentence rests on</source>
        <translation>مفتاح الإدخال يُظهر ما تستند إليه الجملة</translation>
    </message>
    <message>
        <source>Nothing has been said yet that a note would hold.</source>
        <translation>لم يُقل بعد ما تحويه ملاحظة.</translation>
    </message>
    <message>
        <source>A draft by rules. It is finished and signed in Review.</source>
        <translation>مسودة بقواعد. تُكمل وتوقّع في المراجعة.</translation>
    </message>
    <message>
        <source>Doubtful: look at what was said</source>
        <translation>مشكوك فيه: انظر فيما قيل</translation>
    </message>
</context>
<context>
    <name>OpeningPage</name>
    <message>
        <source>Getting ready</source>
        <translation>جارٍ التحضير</translation>
    </message>
    <message>
        <source>Loading of the models</source>
        <translation>تحميل النماذج</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Opening the devices and the store</source>
        <translation>فتح الأجهزة والمخزن</translation>
    </message>
    <message>
        <source>{done} of {all} are loaded</source>
        <translation>حُمّل {done} من {all}</translation>
    </message>
    <message>
        <source>A session was over its time and has been destroyed: {session}</source>
        <translation>جلسة انتهت مدتها وأُتلفت: {session}</translation>
    </message>
    <message>
        <source>Loading: who speaks when</source>
        <translation>تحميل: من يتكلم ومتى</translation>
    </message>
    <message>
        <source>Loading: understanding speech</source>
        <translation>تحميل: فهم الكلام</translation>
    </message>
    <message>
        <source>Loading: telling voices apart</source>
        <translation>تحميل: تمييز الأصوات</translation>
    </message>
    <message>
        <source>Loading: translation</source>
        <translation>تحميل: الترجمة</translation>
    </message>
    <message>
        <source>Loading: the voice</source>
        <translation>تحميل: الصوت</translation>
    </message>
    <message>
        <source>Loading: reviewed phrases</source>
        <translation>تحميل: العبارات المراجَعة</translation>
    </message>
    <message>
        <source>Loading: {what}</source>
        <translation>تحميل: {what}</translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>Unlock</source>
        <translation>افتح القفل</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>استخدمها</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>عبارة المرور</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>نفسها مرة أخرى</translation>
    </message>
    <message>
        <source>New passphrase for the stored visits</source>
        <translation>عبارة مرور جديدة للزيارات المحفوظة</translation>
    </message>
    <message>
        <source>Passphrase of the stored visits</source>
        <translation>عبارة مرور الزيارات المحفوظة</translation>
    </message>
    <message>
        <source>Visits are kept encrypted. Without this passphrase nobody can read them again.</source>
        <translation>الزيارات محفوظة مشفّرة. دون عبارة المرور هذه لن يستطيع أحد قراءتها.</translation>
    </message>
    <message>
        <source>Visits are kept encrypted on this machine. It is asked for once, until the app closes.</source>
        <translation>الزيارات محفوظة مشفّرة على هذا الجهاز. تُطلب مرة واحدة حتى يُغلق التطبيق.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>اكتب عبارة المرور.</translation>
    </message>
    <message>
        <source>Use {n} letters or more; several words are good.</source>
        <translation>استخدم {n} أحرف أو أكثر؛ عدة كلمات أفضل.</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>الاثنتان غير متطابقتين.</translation>
    </message>
</context>
<context>
    <name>PracticeStep</name>
    <message>
        <source>The practice is under way</source>
        <translation>التمرين جارٍ</translation>
    </message>
    <message>
        <source>Listen to me</source>
        <translation>استمع إليّ</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>أوقف</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>المفهوم</translation>
    </message>
    <message>
        <source>Translated</source>
        <translation>مترجمة</translation>
    </message>
    <message>
        <source>Read this sentence out</source>
        <translation>اقرأ هذه الجملة بصوت عالٍ</translation>
    </message>
    <message>
        <source>Nothing of it is kept.</source>
        <translation>لا يُحفظ منها شيء.</translation>
    </message>
    <message>
        <source>Loading the models …</source>
        <translation>تحميل النماذج …</translation>
    </message>
    <message>
        <source>Read it out now. Listening for {n} seconds …</source>
        <translation>اقرأها الآن بصوت عالٍ. الاستماع لمدة {n} ثوانٍ …</translation>
    </message>
    <message>
        <source>Understanding …</source>
        <translation>جارٍ الفهم …</translation>
    </message>
    <message>
        <source>The models are not there yet.</source>
        <translation>النماذج ليست موجودة بعد.</translation>
    </message>
    <message>
        <source>Go back, and fetch them.</source>
        <translation>ارجع وأحضرها.</translation>
    </message>
    <message>
        <source>Nothing was understood.</source>
        <translation>لم يُفهم شيء.</translation>
    </message>
    <message>
        <source>Come closer, and try again.</source>
        <translation>اقترب وحاول مرة أخرى.</translation>
    </message>
    <message>
        <source>It was not spoken.</source>
        <translation>لم تُنطق.</translation>
    </message>
    <message>
        <source>That works.</source>
        <translation>هذا يعمل.</translation>
    </message>
    <message>
        <source>Compare it with what you said.</source>
        <translation>قارنه بما قلت.</translation>
    </message>
</context>
<context>
    <name>PromptPanel</name>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Why is a human interpreter called?</source>
        <translation>لماذا يُستدعى مترجم بشري؟</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>استدعِ</translation>
    </message>
    <message>
        <source>Find a reviewed phrase: type what you want to say</source>
        <translation>ابحث عن عبارة مراجَعة: اكتب ما تريد قوله</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>The doctor says (it is translated and spoken):</source>
        <translation>يقول الطبيب (يُترجم ويُنطق):</translation>
    </message>
    <message>
        <source>Say it</source>
        <translation>قلها</translation>
    </message>
    <message>
        <source>End the visit? What is left to say is said first.</source>
        <translation>إنهاء الزيارة؟ يُقال أولًا ما بقي أن يُقال.</translation>
    </message>
    <message>
        <source>End the visit</source>
        <translation>أنهِ الزيارة</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>تابعها</translation>
    </message>
    <message>
        <source>Something is to be filled in: it is put into the line to be typed</source>
        <translation>هناك ما يجب ملؤه: وُضعت في سطر الكتابة</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Type {word} to go on</source>
        <translation>اكتب {word} للمتابعة</translation>
    </message>
</context>
<context>
    <name>QueueCard</name>
    <message>
        <source>Queue</source>
        <translation>قائمة الانتظار</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>إيقاف مؤقت</translation>
    </message>
    <message>
        <source>Try failed ones again</source>
        <translation>أعد محاولة الفاشلة</translation>
    </message>
    <message>
        <source>Take out what is done</source>
        <translation>أخرج ما اكتمل</translation>
    </message>
    <message>
        <source>All recordings</source>
        <translation>كل التسجيلات</translation>
    </message>
    <message>
        <source>Nothing is waiting. Drop a recording above to begin.</source>
        <translation>لا شيء ينتظر. أفلت تسجيلًا في الأعلى للبدء.</translation>
    </message>
    <message>
        <source>Looking what is there …</source>
        <translation>النظر فيما هو موجود …</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>تابع</translation>
    </message>
    <message>
        <source>{done} of {all} done</source>
        <translation>اكتمل {done} من {all}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>متوقف مؤقتًا</translation>
    </message>
    <message>
        <source>loading models …</source>
        <translation>تحميل النماذج …</translation>
    </message>
    <message>
        <source>looking what is there …</source>
        <translation>النظر فيما هو موجود …</translation>
    </message>
</context>
<context>
    <name>QueueRow</name>
    <message>
        <source>Progress of {name}</source>
        <translation>تقدّم {name}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>افتح</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>حاول مرة أخرى</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>أوقف</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>أخرج</translation>
    </message>
    <message>
        <source>Take out of the list: {name}</source>
        <translation>أخرج من القائمة: {name}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>متوقف مؤقتًا</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>بالانتظار</translation>
    </message>
    <message>
        <source>being transcribed</source>
        <translation>جارٍ التفريغ</translation>
    </message>
    <message>
        <source>done</source>
        <translation>اكتمل</translation>
    </message>
    <message>
        <source>was done before</source>
        <translation>كان مكتملًا من قبل</translation>
    </message>
    <message>
        <source>same as another</source>
        <translation>مطابق لآخر</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>فشل</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>متوقف</translation>
    </message>
    <message>
        <source>{heard} of {length}</source>
        <translation>‏{heard} من {length}</translation>
    </message>
    <message>
        <source>{n} lines</source>
        <translation>‏{n} سطور</translation>
    </message>
    <message>
        <source>{n} findings</source>
        <translation>‏{n} نتائج</translation>
    </message>
    <message>
        <source>{n} lines failed</source>
        <translation>‏{n} سطور فشلت</translation>
    </message>
</context>
<context>
    <name>RecentSessions</name>
    <message>
        <source>Recent visits</source>
        <translation>الزيارات الأخيرة</translation>
    </message>
    <message>
        <source>Looking for visits …</source>
        <translation>البحث عن الزيارات …</translation>
    </message>
    <message>
        <source>What is said in one can be read here afterwards.</source>
        <translation>ما يُقال في زيارة يمكن قراءته هنا لاحقًا.</translation>
    </message>
    <message>
        <source>No visits yet</source>
        <translation>لا زيارات بعد</translation>
    </message>
    <message>
        <source>All visits</source>
        <translation>كل الزيارات</translation>
    </message>
    <message>
        <source>A visit was cut off: {languages}</source>
        <translation>انقطعت زيارة: {languages}</translation>
    </message>
    <message>
        <source>{when}. Nothing of it is lost.</source>
        <translation>‏{when}. لم يُفقد منها شيء.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>تابع</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>أنهها</translation>
    </message>
    <message>
        <source>Continue the visit of {when}</source>
        <translation>تابع زيارة {when}</translation>
    </message>
    <message>
        <source>Open the visit of {when}</source>
        <translation>افتح زيارة {when}</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>مرفوضة</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>منقطعة</translation>
    </message>
    <message>
        <source>running</source>
        <translation>جارية</translation>
    </message>
    <message>
        <source>being destroyed</source>
        <translation>جارٍ إتلافها</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>محفوظة</translation>
    </message>
    <message>
        <source>{when} · {length} min</source>
        <translation>{when} · {length} د</translation>
    </message>
</context>
<context>
    <name>RecordingsView</name>
    <message>
        <source>Recordings</source>
        <translation>التسجيلات</translation>
    </message>
    <message>
        <source>Recorded consultations: who said what, when, in both languages. Nothing is sent.</source>
        <translation>زيارات مسجلة: من قال ماذا ومتى، باللغتين. لا يُرسل شيء.</translation>
    </message>
    <message>
        <source>Drop recordings or folders here</source>
        <translation>أفلت تسجيلات أو مجلدات هنا</translation>
    </message>
    <message>
        <source>Any common format of audio or video</source>
        <translation>أي صيغة شائعة للصوت أو الفيديو</translation>
    </message>
    <message>
        <source>The next ones are transcribed as {languages}, profile {profile}. Change that below.</source>
        <translation>تُفرَّغ التالية على أنها {languages}، ملف الإعداد {profile}. غيّر ذلك في الأسفل.</translation>
    </message>
    <message>
        <source>Choose a language below first.</source>
        <translation>اختر أولًا لغة في الأسفل.</translation>
    </message>
    <message>
        <source>Choose a kind of document below first.</source>
        <translation>اختر أولًا نوع مستند في الأسفل.</translation>
    </message>
    <message>
        <source>Choose a folder for the results below first.</source>
        <translation>اختر أولًا مجلدًا للنتائج في الأسفل.</translation>
    </message>
</context>
<context>
    <name>RecordingsViewModel</name>
    <message>
        <source>{n} recordings could not be transcribed.</source>
        <translation>تعذر تفريغ {n} من التسجيلات.</translation>
    </message>
    <message>
        <source>Recordings says why; they can be tried again there.</source>
        <translation>تذكر شاشة التسجيلات السبب؛ ويمكن إعادة المحاولة هناك.</translation>
    </message>
    <message>
        <source>All recordings are transcribed.</source>
        <translation>فُرّغت كل التسجيلات.</translation>
    </message>
    <message>
        <source>{n} recordings are not transcribed yet</source>
        <translation>{n} من التسجيلات لم تُفرَّغ بعد</translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
    <message>
        <source>Review</source>
        <translation>المراجعة</translation>
    </message>
    <message>
        <source>Open a folder …</source>
        <translation>افتح مجلدًا …</translation>
    </message>
    <message>
        <source>Results of recordings lie in folders</source>
        <translation>نتائج التسجيلات في مجلدات</translation>
    </message>
    <message>
        <source>Choose a session</source>
        <translation>اختر جلسة</translation>
    </message>
    <message>
        <source>Its words, its sound and its note are shown here.</source>
        <translation>تُعرض هنا كلماتها وصوتها وملاحظتها.</translation>
    </message>
    <message>
        <source>Opening the session …</source>
        <translation>فتح الجلسة …</translation>
    </message>
    <message>
        <source>Open another session?</source>
        <translation>هل تريد فتح جلسة أخرى؟</translation>
    </message>
    <message>
        <source>{what}: it is lost then.</source>
        <translation>{what}: سيضيع عندئذ.</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>افتحها</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>ابقَ</translation>
    </message>
    <message>
        <source>Which folder of results?</source>
        <translation>أي مجلد نتائج؟</translation>
    </message>
</context>
<context>
    <name>ReviewViewModel</name>
    <message>
        <source>Ending the session</source>
        <translation>إنهاء الجلسة</translation>
    </message>
    <message>
        <source>Writing the correction</source>
        <translation>كتابة التصحيح</translation>
    </message>
    <message>
        <source>What was typed: {text}</source>
        <translation>ما كُتب: {text}</translation>
    </message>
    <message>
        <source>Naming the speaker</source>
        <translation>تسمية المتكلم</translation>
    </message>
    <message>
        <source>Drafting the note</source>
        <translation>كتابة مسودة الملاحظة</translation>
    </message>
    <message>
        <source>The model drafts the note</source>
        <translation>النموذج يكتب مسودة الملاحظة</translation>
    </message>
    <message>
        <source>Keeping the note</source>
        <translation>حفظ الملاحظة</translation>
    </message>
    <message>
        <source>Signing</source>
        <translation>جارٍ التوقيع</translation>
    </message>
    <message>
        <source>The note is signed.</source>
        <translation>الملاحظة موقّعة.</translation>
    </message>
    <message>
        <source>Writing documents</source>
        <translation>كتابة المستندات</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>اختر مجلدًا آخر.</translation>
    </message>
    <message>
        <source>Making the PDF</source>
        <translation>إنشاء PDF</translation>
    </message>
    <message>
        <source>What is damaged was left out</source>
        <translation>تُرك ما هو تالف</translation>
    </message>
    <message>
        <source>{n} files were written to {folder}</source>
        <translation>كُتب {n} من الملفات في {folder}</translation>
    </message>
    <message>
        <source>Destroying the session</source>
        <translation>إتلاف الجلسة</translation>
    </message>
    <message>
        <source>The session is destroyed.</source>
        <translation>أُتلفت الجلسة.</translation>
    </message>
</context>
<context>
    <name>Role</name>
    <message>
        <source>Doctor</source>
        <translation>الطبيب</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>المريض</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>شخص آخر</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>المساعد</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>أحدهم</translation>
    </message>
</context>
<context>
    <name>ServerForm</name>
    <message>
        <source>Dialogue model on your own network</source>
        <translation>نموذج حوار في شبكتك</translation>
    </message>
    <message>
        <source>Use it, and try it</source>
        <translation>استخدمه وجرّبه</translation>
    </message>
    <message>
        <source>Drafts of notes can be written by a model. Without one, rules do it, on this machine.</source>
        <translation>يمكن أن يكتب نموذج مسودات الملاحظات. من دونه تفعل ذلك قواعد على هذا الجهاز.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Up to and including /v1; empty is none.</source>
        <translation>حتى /v1 ضمنًا؛ الفارغ يعني لا شيء.</translation>
    </message>
    <message>
        <source>The model&apos;s name there</source>
        <translation>اسم النموذج هناك</translation>
    </message>
    <message>
        <source>What people say in a visit will leave this machine, and go to {host}.</source>
        <translation>ما يقوله الناس في الزيارة سيغادر هذا الجهاز ويذهب إلى {host}.</translation>
    </message>
    <message>
        <source>Use a machine that you trust with patients&apos; words, on a network of your own.</source>
        <translation>استخدم جهازًا تأتمنه على كلام المرضى، في شبكة تخصك.</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>جارٍ السؤال …</translation>
    </message>
    <message>
        <source>It answers.</source>
        <translation>إنه يجيب.</translation>
    </message>
</context>
<context>
    <name>SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>الجلسات</translation>
    </message>
    <message>
        <source>Search: date, language, id</source>
        <translation>بحث: تاريخ، لغة، معرّف</translation>
    </message>
    <message>
        <source>Search the sessions</source>
        <translation>ابحث في الجلسات</translation>
    </message>
    <message>
        <source>By date, language, state or id</source>
        <translation>بالتاريخ أو اللغة أو الحالة أو المعرّف</translation>
    </message>
    <message>
        <source>Enter opens one</source>
        <translation>مفتاح الإدخال يفتح واحدة</translation>
    </message>
    <message>
        <source>No sessions yet</source>
        <translation>لا جلسات بعد</translation>
    </message>
    <message>
        <source>What is said in a visit is kept here.</source>
        <translation>ما يُقال في الزيارة يُحفظ هنا.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>لم يُعثر على شيء</translation>
    </message>
    <message>
        <source>No session has all of these words.</source>
        <translation>لا جلسة تحوي كل هذه الكلمات.</translation>
    </message>
    <message>
        <source>Looking for sessions …</source>
        <translation>البحث عن الجلسات …</translation>
    </message>
    <message>
        <source>going on</source>
        <translation>جارية</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>منقطعة</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>منتهية</translation>
    </message>
    <message>
        <source>being destroyed</source>
        <translation>جارٍ إتلافها</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>تسجيل</translation>
    </message>
</context>
<context>
    <name>SessionPanel</name>
    <message>
        <source>Session</source>
        <translation>الجلسة</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>النص</translation>
    </message>
    <message>
        <source>Enter plays a line, Space pauses, F2 corrects it</source>
        <translation>مفتاح الإدخال يشغّل السطر، والمسافة توقفه مؤقتًا، وF2 يصححه</translation>
    </message>
    <message>
        <source>Lost in translation</source>
        <translation>فُقد في الترجمة</translation>
    </message>
    <message>
        <source>Changed in translation</source>
        <translation>تغيّر في الترجمة</translation>
    </message>
    <message>
        <source>Added by the translation</source>
        <translation>أضافته الترجمة</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>أحدهم</translation>
    </message>
    <message>
        <source>✎ Corrected by {by}, {when}. Before: {before}</source>
        <translation>✎ صححه {by} في {when}. قبل ذلك: {before}</translation>
    </message>
    <message>
        <source>Correct this text</source>
        <translation>صحّح هذا النص</translation>
    </message>
    <message>
        <source>Enter keeps it, Escape leaves it as it was</source>
        <translation>مفتاح الإدخال يحفظه، وEscape يتركه كما كان</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>الجلسات</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>تابع</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>أنهها</translation>
    </message>
    <message>
        <source>Documents …</source>
        <translation>مستندات …</translation>
    </message>
    <message>
        <source>Destroy …</source>
        <translation>إتلاف …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>أوقف</translation>
    </message>
    <message>
        <source>Find in the transcript</source>
        <translation>ابحث في النص</translation>
    </message>
    <message>
        <source>Enter goes to the next line that has it</source>
        <translation>مفتاح الإدخال ينتقل إلى السطر التالي الذي يحويه</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>صحّح</translation>
    </message>
    <message>
        <source>Correct what was said in the current line (F2)</source>
        <translation>صحّح ما قيل في السطر الحالي (F2)</translation>
    </message>
    <message>
        <source>Correct translation</source>
        <translation>صحّح الترجمة</translation>
    </message>
    <message>
        <source>Correct the translation of the current line (Shift+F2)</source>
        <translation>صحّح ترجمة السطر الحالي (Shift+F2)</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>شغّل</translation>
    </message>
    <message>
        <source>Back 5 seconds</source>
        <translation>للخلف 5 ثوانٍ</translation>
    </message>
    <message>
        <source>On 5 seconds</source>
        <translation>للأمام 5 ثوانٍ</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>التسجيل</translation>
    </message>
    <message>
        <source>Arrow keys go back and forth</source>
        <translation>مفاتيح الأسهم للخلف وللأمام</translation>
    </message>
    <message>
        <source>This session has no sound.</source>
        <translation>لا صوت لهذه الجلسة.</translation>
    </message>
    <message>
        <source>What belongs to the session</source>
        <translation>ما يخص الجلسة</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>الملاحظة</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>النتائج</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>المتكلمون</translation>
    </message>
    <message>
        <source>About</source>
        <translation>حول</translation>
    </message>
    <message>
        <source>{n} corrected</source>
        <translation>صُحّح {n}</translation>
    </message>
    <message>
        <source>Parts of this session cannot be read: {n}</source>
        <translation>أجزاء من هذه الجلسة لا يمكن قراءتها: {n}</translation>
    </message>
    <message>
        <source>What is left is shown. A backup may have the rest.</source>
        <translation>يُعرض ما بقي. قد تحوي نسخة احتياطية الباقي.</translation>
    </message>
    <message>
        <source>Findings ({n})</source>
        <translation>النتائج ({n})</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>إيقاف مؤقت</translation>
    </message>
    <message>
        <source>What was typed is not kept yet</source>
        <translation>ما كُتب لم يُحفظ بعد</translation>
    </message>
    <message>
        <source>All that was said goes to the dialogue model {model} on {host}, which words a draft.</source>
        <translation>كل ما قيل يذهب إلى نموذج الحوار {model} على {host}، وهو يصوغ مسودة.</translation>
    </message>
    <message>
        <source>The way there is not encrypted.</source>
        <translation>الطريق إليه غير مشفّر.</translation>
    </message>
    <message>
        <source>Send what was said to {host}?</source>
        <translation>هل تريد إرسال ما قيل إلى {host}؟</translation>
    </message>
    <message>
        <source>Send it</source>
        <translation>أرسله</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>ليس الآن</translation>
    </message>
    <message>
        <source>Destroy this session for good?</source>
        <translation>إتلاف هذه الجلسة نهائيًا؟</translation>
    </message>
    <message>
        <source>Its words, its sound and its notes are gone; nothing brings them back, except a backup. The list of deeds keeps that it was there. Documents that were written stay where they are.</source>
        <translation>تزول كلماتها وصوتها وملاحظاتها؛ ولا يعيدها شيء إلا نسخة احتياطية. يحتفظ سجل الأفعال بأنها كانت موجودة. المستندات التي كُتبت تبقى في مكانها.</translation>
    </message>
    <message>
        <source>Destroy it</source>
        <translation>أتلفها</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>احتفظ بها</translation>
    </message>
</context>
<context>
    <name>SettingsView</name>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>What is changed here holds at once.</source>
        <translation>ما يُغيَّر هنا يسري فورًا.</translation>
    </message>
    <message>
        <source>Language and look</source>
        <translation>اللغة والمظهر</translation>
    </message>
    <message>
        <source>Language of the app</source>
        <translation>لغة التطبيق</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>الألوان</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>حجم النص</translation>
    </message>
    <message>
        <source>Microphones and loudspeaker</source>
        <translation>الميكروفونات ومكبر الصوت</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>الزيارات</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>الطبيب يتكلم</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>المريض يتكلم</translation>
    </message>
    <message>
        <source>Which models are used, and on which machine they run well.</source>
        <translation>أي النماذج تُستخدم، وعلى أي جهاز تعمل جيدًا.</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>ملف الإعداد</translation>
    </message>
    <message>
        <source>About</source>
        <translation>حول</translation>
    </message>
    <message>
        <source>VoiceDoc is no qualified interpreter and no medical device. Machine translation makes errors that matter: have a person at hand who can check.</source>
        <translation>‏VoiceDoc ليس مترجمًا مؤهلًا ولا جهازًا طبيًا. الترجمة الآلية ترتكب أخطاء مهمة: ليكن بقربك شخص يستطيع التحقق.</translation>
    </message>
    <message>
        <source>Show the introduction</source>
        <translation>أظهر المقدمة</translation>
    </message>
    <message>
        <source>Push to talk</source>
        <translation>اضغط للتحدث</translation>
    </message>
    <message>
        <source>People are heard only while a button or the space bar is pressed.</source>
        <translation>لا يُسمع الناس إلا أثناء الضغط على زر أو مفتاح المسافة.</translation>
    </message>
    <message>
        <source>Show only</source>
        <translation>عرض فقط</translation>
    </message>
    <message>
        <source>Translations are shown and never spoken.</source>
        <translation>تُعرض الترجمات ولا تُنطق أبدًا.</translation>
    </message>
    <message>
        <source>Check the sound first</source>
        <translation>افحص الصوت أولًا</translation>
    </message>
    <message>
        <source>Without it, speaking does not interrupt the voice.</source>
        <translation>من دونه لا يقاطع الكلامُ الصوتَ.</translation>
    </message>
    <message>
        <source>Advice beside the visit</source>
        <translation>تنبيهات بجانب الزيارة</translation>
    </message>
    <message>
        <source>Rules warn the clinician of red flags and of medicines that do not go together.</source>
        <translation>تنبّه قواعدُ الطبيبَ إلى علامات الخطر والأدوية التي لا تجتمع.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>كالنظام</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>‏{n} %</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>فاتح</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>داكن</translation>
    </message>
</context>
<context>
    <name>SettingsViewModel</name>
    <message>
        <source>From now on visits are kept so long.</source>
        <translation>من الآن تُحفظ الزيارات هذه المدة.</translation>
    </message>
    <message>
        <source>The visits are under the new key.</source>
        <translation>الزيارات تحت المفتاح الجديد.</translation>
    </message>
    <message>
        <source>The visits that were over their time are destroyed.</source>
        <translation>أُتلفت الزيارات التي انتهت مدتها.</translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>Advice and note</source>
        <translation>التنبيهات والملاحظة</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>تنبيهات</translation>
    </message>
    <message>
        <source>Note so far</source>
        <translation>الملاحظة حتى الآن</translation>
    </message>
</context>
<context>
    <name>SoundStep</name>
    <message>
        <source>Microphones and loudspeaker</source>
        <translation>الميكروفونات ومكبر الصوت</translation>
    </message>
    <message>
        <source>Say a few words: the bar moves. Before each visit the sound is checked, with the loudspeaker.</source>
        <translation>قل بضع كلمات: يتحرك الشريط. قبل كل زيارة يُفحص الصوت مع مكبر الصوت.</translation>
    </message>
</context>
<context>
    <name>SpeakersPanel</name>
    <message>
        <source>Speakers</source>
        <translation>المتكلمون</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>اسمك</translation>
    </message>
    <message>
        <source>Corrections are signed with</source>
        <translation>تُوقّع التصحيحات باسم</translation>
    </message>
    <message>
        <source>The history says who corrected what.</source>
        <translation>يذكر السجل من صحّح ماذا.</translation>
    </message>
    <message>
        <source>Nobody was told apart by voice. Each line says who spoke: doctor or patient.</source>
        <translation>لم يُميَّز أحد بصوته. يذكر كل سطر من تكلم: الطبيب أو المريض.</translation>
    </message>
    <message>
        <source>doctor</source>
        <translation>طبيب</translation>
    </message>
    <message>
        <source>patient</source>
        <translation>مريض</translation>
    </message>
    <message>
        <source>somebody else</source>
        <translation>شخص آخر</translation>
    </message>
    <message>
        <source>Role of {label}</source>
        <translation>دور {label}</translation>
    </message>
    <message>
        <source>Name of {label}</source>
        <translation>اسم {label}</translation>
    </message>
    <message>
        <source>Name, such as Ana Silva</source>
        <translation>الاسم، مثل آنا سيلفا</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>speaking</source>
        <translation>يتكلم</translation>
    </message>
    <message>
        <source>understanding</source>
        <translation>جارٍ الفهم</translation>
    </message>
    <message>
        <source>translating</source>
        <translation>تُترجم</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>جارٍ التحقق</translation>
    </message>
    <message>
        <source>held, not said</source>
        <translation>محتجزة، لم تُقل</translation>
    </message>
    <message>
        <source>asked back</source>
        <translation>مسؤول عنها</translation>
    </message>
    <message>
        <source>to be said</source>
        <translation>ستُقال</translation>
    </message>
    <message>
        <source>being said</source>
        <translation>تُقال الآن</translation>
    </message>
    <message>
        <source>voice waits</source>
        <translation>الصوت ينتظر</translation>
    </message>
    <message>
        <source>said</source>
        <translation>قيلت</translation>
    </message>
    <message>
        <source>cut short</source>
        <translation>قُطعت</translation>
    </message>
    <message>
        <source>shown only</source>
        <translation>يُعرض فقط</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>لم تُقل</translation>
    </message>
    <message>
        <source>not translated</source>
        <translation>غير مترجم</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>فشل</translation>
    </message>
    <message>
        <source>no words</source>
        <translation>لا كلمات</translation>
    </message>
</context>
<context>
    <name>TalkButton</name>
    <message>
        <source>Doctor talks</source>
        <translation>الطبيب يتحدث</translation>
    </message>
    <message>
        <source>Patient talks</source>
        <translation>المريض يتحدث</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>أفلت</translation>
    </message>
    <message>
        <source>Hold it while speaking, or press it once before and once after</source>
        <translation>أبقه مضغوطًا أثناء الكلام، أو اضغط مرة قبله ومرة بعده</translation>
    </message>
</context>
<context>
    <name>TalkPage</name>
    <message>
        <source>Visit</source>
        <translation>الزيارة</translation>
    </message>
    <message>
        <source>To the newest</source>
        <translation>إلى الأحدث</translation>
    </message>
    <message>
        <source>Patient&apos;s screen</source>
        <translation>شاشة المريض</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>تنبيهات</translation>
    </message>
    <message>
        <source>reviewed</source>
        <translation>مراجَعة</translation>
    </message>
</context>
<context>
    <name>ToldBefore</name>
    <message>
        <source>No lawyer and no professional translator has reviewed these words. Have yours reviewed.</source>
        <translation>لم يراجع هذه الكلمات محامٍ ولا مترجم محترف. اطلب مراجعة كلماتك.</translation>
    </message>
    <message>
        <source>There is no text in this language: have a person explain it.</source>
        <translation>لا نص بهذه اللغة: ليشرحه شخص.</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>What is said</source>
        <translation>ما يُقال</translation>
    </message>
    <message>
        <source>Arrow keys look back</source>
        <translation>مفاتيح الأسهم تنظر إلى الوراء</translation>
    </message>
</context>
<context>
    <name>Troubles</name>
    <message>
        <source>Continue</source>
        <translation>تابع</translation>
    </message>
    <message>
        <source>{device} is gone</source>
        <translation>اختفى {device}</translation>
    </message>
    <message>
        <source>The session is safe up to here, and can be continued.</source>
        <translation>الجلسة سليمة حتى هنا ويمكن متابعتها.</translation>
    </message>
    <message>
        <source>The patient wants to stop</source>
        <translation>المريض يريد التوقف</translation>
    </message>
    <message>
        <source>The voice is silent and nothing is listened to, until you or the patient go on.</source>
        <translation>الصوت صامت ولا يُستمع إلى شيء، حتى تتابع أنت أو المريض.</translation>
    </message>
    <message>
        <source>The patient did not understand</source>
        <translation>لم يفهم المريض</translation>
    </message>
    <message>
        <source>The last sentence is said again.</source>
        <translation>تُقال الجملة الأخيرة مرة أخرى.</translation>
    </message>
</context>
<context>
    <name>Turn</name>
    <message>
        <source>Translation</source>
        <translation>الترجمة</translation>
    </message>
    <message>
        <source>Reviewed phrase</source>
        <translation>عبارة مراجَعة</translation>
    </message>
</context>
<context>
    <name>VisitBar</name>
    <message>
        <source>What goes on</source>
        <translation>ما يجري</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>لا تعمل</translation>
    </message>
    <message>
        <source>Time: {time}</source>
        <translation>الوقت: {time}</translation>
    </message>
    <message>
        <source>The doctor has the button</source>
        <translation>الزر مع الطبيب</translation>
    </message>
    <message>
        <source>The patient has the button</source>
        <translation>الزر مع المريض</translation>
    </message>
    <message>
        <source>Human interpreter called</source>
        <translation>استُدعي مترجم بشري</translation>
    </message>
    <message>
        <source>{stage}: {seconds:.1f} s behind</source>
        <translation>‏{stage}: متأخر {seconds:.1f} ث</translation>
    </message>
</context>
<context>
    <name>VisitSetup</name>
    <message>
        <source>New visit</source>
        <translation>زيارة جديدة</translation>
    </message>
    <message>
        <source>Fetch what is missing</source>
        <translation>أحضر الناقص</translation>
    </message>
    <message>
        <source>More choices</source>
        <translation>خيارات أخرى</translation>
    </message>
    <message>
        <source>What both are told before</source>
        <translation>ما يُقال للاثنين قبلها</translation>
    </message>
    <message>
        <source>Start the visit</source>
        <translation>ابدأ الزيارة</translation>
    </message>
    <message>
        <source>Loads the models, checks the sound and asks both for consent; then people talk.</source>
        <translation>يحمّل النماذج ويفحص الصوت ويسأل الاثنين الموافقة؛ ثم يتكلمان.</translation>
    </message>
    <message>
        <source>Swap the two languages</source>
        <translation>بدّل اللغتين</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>الطبيب يتكلم</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>المريض يتكلم</translation>
    </message>
    <message>
        <source>Push to talk</source>
        <translation>اضغط للتحدث</translation>
    </message>
    <message>
        <source>People are heard only while a button or the space bar is pressed.</source>
        <translation>لا يُسمع الناس إلا أثناء الضغط على زر أو مفتاح المسافة.</translation>
    </message>
    <message>
        <source>Show only</source>
        <translation>عرض فقط</translation>
    </message>
    <message>
        <source>Translations are shown and never spoken.</source>
        <translation>تُعرض الترجمات ولا تُنطق أبدًا.</translation>
    </message>
    <message>
        <source>Check the sound first</source>
        <translation>افحص الصوت أولًا</translation>
    </message>
    <message>
        <source>Without it, speaking does not interrupt the voice.</source>
        <translation>من دونه لا يقاطع الكلامُ الصوتَ.</translation>
    </message>
    <message>
        <source>Advice beside the visit</source>
        <translation>تنبيهات بجانب الزيارة</translation>
    </message>
    <message>
        <source>Rules warn the clinician of red flags and of medicines that do not go together.</source>
        <translation>تنبّه قواعدُ الطبيبَ إلى علامات الخطر والأدوية التي لا تجتمع.</translation>
    </message>
    <message>
        <source>Which models are used, and on which machine they run well.</source>
        <translation>أي النماذج تُستخدم، وعلى أي جهاز تعمل جيدًا.</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>ملف الإعداد</translation>
    </message>
    <message>
        <source>Choose two different languages.</source>
        <translation>اختر لغتين مختلفتين.</translation>
    </message>
    <message>
        <source>The profile {name} does not interpret between these two languages.</source>
        <translation>ملف الإعداد {name} لا يترجم بين هاتين اللغتين.</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) must be fetched before the first visit.</source>
        <translation>
            <numerusform>لا نماذج يجب إحضارها قبل الزيارة الأولى.</numerusform>
            <numerusform>يجب إحضار نموذج واحد قبل الزيارة الأولى.</numerusform>
            <numerusform>يجب إحضار نموذجين قبل الزيارة الأولى.</numerusform>
            <numerusform>يجب إحضار %n نماذج قبل الزيارة الأولى.</numerusform>
            <numerusform>يجب إحضار %n نموذجًا قبل الزيارة الأولى.</numerusform>
            <numerusform>يجب إحضار %n نموذج قبل الزيارة الأولى.</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} to download, once.</source>
        <translation>‏{size} للتنزيل، مرة واحدة.</translation>
    </message>
    <message>
        <source>Sound, words and translations are kept encrypted on this machine, and nowhere else.</source>
        <translation>يُحفظ الصوت والكلمات والترجمات مشفّرة على هذا الجهاز، لا في مكان آخر.</translation>
    </message>
    <message>
        <source>They are kept until somebody destroys them.</source>
        <translation>تُحفظ إلى أن يتلفها أحد.</translation>
    </message>
    <message>
        <source>They are destroyed soon after the visit.</source>
        <translation>تُتلف بعد الزيارة بوقت قصير.</translation>
    </message>
    <message numerus="yes">
        <source>They are destroyed %n day(s) after the visit.</source>
        <translation>
            <numerusform>تُتلف في يوم الزيارة.</numerusform>
            <numerusform>تُتلف بعد يوم من الزيارة.</numerusform>
            <numerusform>تُتلف بعد يومين من الزيارة.</numerusform>
            <numerusform>تُتلف بعد %n أيام من الزيارة.</numerusform>
            <numerusform>تُتلف بعد %n يومًا من الزيارة.</numerusform>
            <numerusform>تُتلف بعد %n يوم من الزيارة.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VisitView</name>
    <message>
        <source>Visit</source>
        <translation>الزيارة</translation>
    </message>
</context>
<context>
    <name>VisitViewModel</name>
    <message>
        <source>A visit is under way.</source>
        <translation>زيارة جارية.</translation>
    </message>
    <message>
        <source>Ask the patient to say it again.</source>
        <translation>اطلب من المريض أن يقولها مرة أخرى.</translation>
    </message>
</context>
<context>
    <name>WelcomeView</name>
    <message>
        <source>Welcome to VoiceDoc</source>
        <translation>مرحبًا بك في VoiceDoc</translation>
    </message>
    <message>
        <source>Four steps, once.</source>
        <translation>أربع خطوات، مرة واحدة.</translation>
    </message>
    <message>
        <source>Skip the rest</source>
        <translation>تخطَّ الباقي</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>ما هو</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>النماذج</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>الصوت والأجهزة</translation>
    </message>
    <message>
        <source>One sentence</source>
        <translation>جملة واحدة</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>تابع</translation>
    </message>
    <message>
        <source>{n}. {name}</source>
        <translation>‏{n}. {name}</translation>
    </message>
    <message>
        <source>To the first visit</source>
        <translation>إلى الزيارة الأولى</translation>
    </message>
</context>
<context>
    <name>WelcomeViewModel</name>
    <message>
        <source>All models are there and verified.</source>
        <translation>كل النماذج موجودة وتم التحقق منها.</translation>
    </message>
    <message>
        <source>Models are being fetched</source>
        <translation>جارٍ إحضار النماذج</translation>
    </message>
</context>
<context>
    <name>WishCard</name>
    <message>
        <source>How they are transcribed</source>
        <translation>كيف تُفرَّغ</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>النماذج</translation>
    </message>
    <message>
        <source>Fetch what is missing</source>
        <translation>أحضر الناقص</translation>
    </message>
    <message>
        <source>Doctor&apos;s language</source>
        <translation>لغة الطبيب</translation>
    </message>
    <message>
        <source>Patient&apos;s language</source>
        <translation>لغة المريض</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>ملف الإعداد</translation>
    </message>
    <message>
        <source>How many speak</source>
        <translation>كم شخصًا يتكلم</translation>
    </message>
    <message>
        <source>Translate into</source>
        <translation>الترجمة إلى</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>المستندات</translation>
    </message>
    <message>
        <source>Results go into</source>
        <translation>تذهب النتائج إلى</translation>
    </message>
    <message>
        <source>Each recording gets a folder of its own in it</source>
        <translation>يحصل كل تسجيل على مجلد خاص به فيه</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>اختر …</translation>
    </message>
    <message>
        <source>Results are not encrypted: whoever can open the folder can read them.</source>
        <translation>النتائج غير مشفّرة: من يستطيع فتح المجلد يستطيع قراءتها.</translation>
    </message>
    <message>
        <source>Translate into {language}</source>
        <translation>الترجمة إلى {language}</translation>
    </message>
    <message>
        <source>found out</source>
        <translation>يُكتشف</translation>
    </message>
    <message>
        <source>Models of this profile are missing: {names}</source>
        <translation>تنقص نماذج لملف الإعداد هذا: {names}</translation>
    </message>
    <message>
        <source>What needs them fails until they are there.</source>
        <translation>ما يحتاجها يفشل إلى أن توجد.</translation>
    </message>
    <message>
        <source>Where do results go?</source>
        <translation>إلى أين تذهب النتائج؟</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>الملاحظة</translation>
    </message>
    <message>
        <source>Listening page</source>
        <translation>صفحة استماع</translation>
    </message>
    <message>
        <source>De-identified</source>
        <translation>بلا هوية</translation>
    </message>
</context>
<context>
    <name>_Script</name>
    <message>
        <source>There is no text in this language: have a person explain it.</source>
        <translation>لا نص بهذه اللغة: ليشرحه شخص.</translation>
    </message>
</context>
</TS>
