<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutPanel</name>
    <message>
        <source>About the session</source>
        <translation>关于本次会话</translation>
    </message>
    <message>
        <source>Consent to the recording: yes</source>
        <translation>同意录音：是</translation>
    </message>
    <message>
        <source>Consent to the recording: no</source>
        <translation>同意录音：否</translation>
    </message>
    <message>
        <source>Consent to the recording: not recorded</source>
        <translation>同意录音：没有记录</translation>
    </message>
    <message>
        <source>In the folder {folder}</source>
        <translation>在文件夹 {folder} 中</translation>
    </message>
    <message>
        <source>Kept until {when}</source>
        <translation>保存至 {when}</translation>
    </message>
    <message>
        <source>Kept until somebody destroys it</source>
        <translation>保存到有人销毁为止</translation>
    </message>
</context>
<context>
    <name>Activity</name>
    <message>
        <source>The session has ended</source>
        <translation>会话已结束</translation>
    </message>
    <message>
        <source>Ending: what is left to say is said</source>
        <translation>正在结束：把剩下的话说完</translation>
    </message>
    <message>
        <source>Paused: nothing is listened to</source>
        <translation>已暂停：不在听</translation>
    </message>
    <message>
        <source>Waits for the talk button</source>
        <translation>等待按下说话键</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>正在听</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>医生在说话</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>患者在说话</translation>
    </message>
    <message>
        <source>Somebody speaks</source>
        <translation>有人在说话</translation>
    </message>
    <message>
        <source>The voice speaks to the doctor</source>
        <translation>语音正在对医生说</translation>
    </message>
    <message>
        <source>The voice speaks to the patient</source>
        <translation>语音正在对患者说</translation>
    </message>
    <message>
        <source>understanding</source>
        <translation>正在理解</translation>
    </message>
    <message>
        <source>words while somebody speaks</source>
        <translation>说话时的即时文字</translation>
    </message>
    <message>
        <source>translation</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>正在核对</translation>
    </message>
    <message>
        <source>who speaks</source>
        <translation>判断谁在说话</translation>
    </message>
    <message>
        <source>the voice</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>hearing</source>
        <translation>收听</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>录音中</translation>
    </message>
</context>
<context>
    <name>Advice</name>
    <message>
        <source>Advice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Nothing to warn of. What the rules find appears here.</source>
        <translation>没有需要提醒的。规则发现的内容会显示在这里。</translation>
    </message>
    <message>
        <source>By rules that no clinician has reviewed. Only you see this.</source>
        <translation>由规则得出，未经临床医生审核。只有您能看到。</translation>
    </message>
    <message>
        <source>Show where</source>
        <translation>显示出处</translation>
    </message>
    <message>
        <source>Worth asking: {complaint}</source>
        <translation>值得询问：{complaint}</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>还有 {n} 项</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>The settings could not be read, so everything is as at first.</source>
        <translation>无法读取设置，因此一切恢复为初始状态。</translation>
    </message>
    <message>
        <source>The old file is kept as {name}: {why}</source>
        <translation>旧文件保存为 {name}：{why}</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
</context>
<context>
    <name>BrokenPage</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Back to Home</source>
        <translation>回到首页</translation>
    </message>
    <message>
        <source>Open Models</source>
        <translation>打开“模型”</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Sound check</source>
        <translation>声音检查</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>再检查一次</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Now say a few words</source>
        <translation>现在请说几句话</translation>
    </message>
    <message>
        <source>Please be quiet for a moment</source>
        <translation>请安静片刻</translation>
    </message>
    <message>
        <source>Microphone: {name}</source>
        <translation>麦克风：{name}</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on all the same</source>
        <translation>仍然继续</translation>
    </message>
</context>
<context>
    <name>ConsentPage</name>
    <message>
        <source>Do both agree?</source>
        <translation>双方都同意吗？</translation>
    </message>
    <message>
        <source>Nothing is recorded yet.</source>
        <translation>目前还没有录音。</translation>
    </message>
    <message>
        <source>Both agree</source>
        <translation>双方都同意</translation>
    </message>
    <message>
        <source>Somebody declines</source>
        <translation>有人拒绝</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>医生</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>These texts: {status}</source>
        <translation>这些文字：{status}</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>停止朗读</translation>
    </message>
    <message>
        <source>Read it out again</source>
        <translation>再朗读一次</translation>
    </message>
    <message>
        <source>not reviewed by a lawyer or a professional translator</source>
        <translation>未经律师或专业译员审核</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>Controls</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Human interpreter</source>
        <translation>人工口译员</translation>
    </message>
    <message>
        <source>Call a human interpreter, with the reason</source>
        <translation>呼叫人工口译员，并说明原因</translation>
    </message>
    <message>
        <source>Listen again</source>
        <translation>重新开始听</translation>
    </message>
    <message>
        <source>Nothing is listened to until you go on</source>
        <translation>在您继续之前不听任何声音</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Say the last translation again</source>
        <translation>再说一遍上一句译文</translation>
    </message>
    <message>
        <source>Stop the voice</source>
        <translation>停止语音</translation>
    </message>
    <message>
        <source>The voice is silent at once</source>
        <translation>语音立即静音</translation>
    </message>
    <message>
        <source>Was the doctor</source>
        <translation>刚才是医生</translation>
    </message>
    <message>
        <source>Whoever spoke last was the doctor</source>
        <translation>最后说话的是医生</translation>
    </message>
    <message>
        <source>Was the patient</source>
        <translation>刚才是患者</translation>
    </message>
    <message>
        <source>Whoever spoke last was the patient</source>
        <translation>最后说话的是患者</translation>
    </message>
    <message>
        <source>Phrases</source>
        <translation>短语</translation>
    </message>
    <message>
        <source>Find a reviewed phrase</source>
        <translation>查找审核过的短语</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>输入文字</translation>
    </message>
    <message>
        <source>Type what the doctor says</source>
        <translation>输入医生要说的话</translation>
    </message>
    <message>
        <source>Teach-back</source>
        <translation>请患者复述</translation>
    </message>
    <message>
        <source>Have the last instruction repeated</source>
        <translation>请对方复述上一条嘱咐</translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>Held: the translation may not say what was said</source>
        <translation>已拦下：译文可能与原话不符</translation>
    </message>
    <message>
        <source>Translated back, it says</source>
        <translation>回译的意思是</translation>
    </message>
    <message>
        <source>Say it as it is</source>
        <translation>照原样说出</translation>
    </message>
    <message>
        <source>Rephrase</source>
        <translation>换种说法</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>不说</translation>
    </message>
    <message>
        <source>{question}: the answer was not clear</source>
        <translation>{question}：回答不清楚</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No, say it again</source>
        <translation>不，请再说一遍</translation>
    </message>
    <message>
        <source>Read back to the patient</source>
        <translation>向患者复述确认</translation>
    </message>
    <message>
        <source>Read back to the doctor</source>
        <translation>向医生复述确认</translation>
    </message>
    <message>
        <source>The patient is asked to say it in their own words</source>
        <translation>请患者用自己的话说一遍</translation>
    </message>
    <message>
        <source>Asked of the patient</source>
        <translation>询问患者</translation>
    </message>
    <message>
        <source>Asked of the doctor</source>
        <translation>询问医生</translation>
    </message>
</context>
<context>
    <name>DevicesForm</name>
    <message>
        <source>the doctor&apos;s microphone</source>
        <translation>医生的麦克风</translation>
    </message>
    <message>
        <source>the patient&apos;s microphone</source>
        <translation>患者的麦克风</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Who speaks into what</source>
        <translation>谁用哪个麦克风</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>The patient&apos;s microphone</source>
        <translation>患者的麦克风</translation>
    </message>
    <message>
        <source>Loudspeaker</source>
        <translation>扬声器</translation>
    </message>
    <message>
        <source>One microphone for both</source>
        <translation>两人共用一个麦克风</translation>
    </message>
    <message>
        <source>A microphone each</source>
        <translation>每人一个麦克风</translation>
    </message>
    <message>
        <source>One device: doctor left, patient right</source>
        <translation>一个设备：医生左声道，患者右声道</translation>
    </message>
    <message>
        <source>The system&apos;s: {name}</source>
        <translation>系统默认：{name}</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>系统默认</translation>
    </message>
    <message>
        <source>This machine has no microphone.</source>
        <translation>这台电脑没有麦克风。</translation>
    </message>
    <message>
        <source>Plug one in, then look again.</source>
        <translation>请插上麦克风，然后重新查找。</translation>
    </message>
    <message>
        <source>{name} is not plugged in.</source>
        <translation>{name} 没有插上。</translation>
    </message>
    <message>
        <source>Plug it in and look again, or choose another one.</source>
        <translation>请插上后重新查找，或选择另一个。</translation>
    </message>
    <message>
        <source>Nothing can be heard of this microphone.</source>
        <translation>听不到这个麦克风的声音。</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Choose files …</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录音</translation>
    </message>
</context>
<context>
    <name>EndedPage</name>
    <message>
        <source>The visit is over</source>
        <translation>就诊已结束</translation>
    </message>
    <message>
        <source>Review it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>新的就诊</translation>
    </message>
    <message>
        <source>It is kept, encrypted, as session {session}.</source>
        <translation>已加密保存为会话 {session}。</translation>
    </message>
    <message>
        <source>The visit has ended and is kept.</source>
        <translation>就诊已结束并已保存。</translation>
    </message>
    <message>
        <source>The session says so, and no more.</source>
        <translation>会话只记录这一点，别无其他。</translation>
    </message>
    <message>
        <source>Consent was refused: nothing was recorded.</source>
        <translation>未获同意：没有录音。</translation>
    </message>
    <message>
        <source>The visit did not begin. Nothing was recorded.</source>
        <translation>就诊没有开始。没有录音。</translation>
    </message>
    <message>
        <source>The visit was ended at once.</source>
        <translation>就诊被立即结束。</translation>
    </message>
    <message>
        <source>The visit ended because something failed.</source>
        <translation>因出现故障，就诊已结束。</translation>
    </message>
    <message>
        <source>In figures</source>
        <translation>数字概览</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Lines of the doctor</source>
        <translation>医生的句数</translation>
    </message>
    <message>
        <source>Lines of the patient</source>
        <translation>患者的句数</translation>
    </message>
    <message>
        <source>Translated</source>
        <translation>已翻译</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>被拦下</translation>
    </message>
    <message>
        <source>Asked back</source>
        <translation>已反问</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>From the end of speech to the voice</source>
        <translation>从说完到语音开始</translation>
    </message>
</context>
<context>
    <name>Expectation</name>
    <message>
        <source>What can be expected</source>
        <translation>可以期待什么</translation>
    </message>
    <message>
        <source>Looking up what was measured for this pair …</source>
        <translation>正在查找这对语言的测量结果…</translation>
    </message>
    <message>
        <source>not translated</source>
        <translation>不翻译</translation>
    </message>
    <message>
        <source>translated</source>
        <translation>可翻译</translation>
    </message>
    <message>
        <source>draft translation</source>
        <translation>粗略翻译</translation>
    </message>
    <message>
        <source>shown only</source>
        <translation>只显示</translation>
    </message>
    <message>
        <source>spoken</source>
        <translation>有语音</translation>
    </message>
    <message>
        <source>spoken, plain voice</source>
        <translation>有语音（较机械）</translation>
    </message>
    <message>
        <source>{name}: {value} of 100 words misheard (recordings: {n})</source>
        <translation>{name}：每 100 个词听错 {value} 个（录音数：{n}）</translation>
    </message>
    <message>
        <source>{name}: how well it is heard was not measured</source>
        <translation>{name}：识别效果未测量</translation>
    </message>
    <message>
        <source>translation {value} of 100 like a person&apos;s (chrF2, sentences: {n})</source>
        <translation>译文与人工翻译的相似度为 {value}/100（chrF2，句数：{n}）</translation>
    </message>
    <message>
        <source>translation not measured</source>
        <translation>翻译未测量</translation>
    </message>
    <message>
        <source>the voice begins after {value} s (sentences: {n})</source>
        <translation>{value} 秒后开始发声（句数：{n}）</translation>
    </message>
    <message>
        <source>time to the voice not measured</source>
        <translation>发声延迟未测量</translation>
    </message>
    <message>
        <source>{text}: too few to rely on</source>
        <translation>{text}：样本太少，不足为凭</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Write documents</source>
        <translation>生成文档</translation>
    </message>
    <message>
        <source>The recording as well (FLAC)</source>
        <translation>同时导出录音（FLAC）</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>A new folder, which is made</source>
        <translation>将新建一个文件夹</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>PDF, to print</source>
        <translation>PDF，用于打印</translation>
    </message>
    <message>
        <source>Word document (DOCX)</source>
        <translation>Word 文档（DOCX）</translation>
    </message>
    <message>
        <source>Text (Markdown)</source>
        <translation>文本（Markdown）</translation>
    </message>
    <message>
        <source>Data (JSON)</source>
        <translation>数据（JSON）</translation>
    </message>
    <message>
        <source>Subtitles (SRT)</source>
        <translation>字幕（SRT）</translation>
    </message>
    <message>
        <source>Subtitles for the web (VTT)</source>
        <translation>网页字幕（VTT）</translation>
    </message>
    <message>
        <source>Who spoke when (RTTM)</source>
        <translation>谁在何时说话（RTTM）</translation>
    </message>
    <message>
        <source>A page to listen to and read along (HTML)</source>
        <translation>边听边读的网页（HTML）</translation>
    </message>
    <message>
        <source>An extractive draft of the note</source>
        <translation>摘录式病历草稿</translation>
    </message>
    <message>
        <source>FHIR documents (R4 and R5)</source>
        <translation>FHIR 文档（R4 和 R5）</translation>
    </message>
    <message>
        <source>De-identified transcript: a person must check it</source>
        <translation>去标识化文字稿：必须由人检查</translation>
    </message>
    <message>
        <source>What is written can be read by everybody who can open the folder.</source>
        <translation>能打开该文件夹的人都能阅读生成的内容。</translation>
    </message>
    <message>
        <source>In the app the session is encrypted; documents are not.</source>
        <translation>应用中的会话是加密的；文档不是。</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>In which folder?</source>
        <translation>放在哪个文件夹？</translation>
    </message>
</context>
<context>
    <name>Failures</name>
    <message>
        <source>The part of the app that did this ended unexpectedly.</source>
        <translation>应用中负责此事的部分意外终止了。</translation>
    </message>
    <message>
        <source>Nothing that was kept is lost. Try again: it is started anew.</source>
        <translation>已保存的内容没有丢失。请重试：它会重新启动。</translation>
    </message>
    <message>
        <source>Something went wrong that should not have.</source>
        <translation>发生了不该发生的错误。</translation>
    </message>
    <message>
        <source>Nothing that was kept is lost. If it happens again, report it with the log.</source>
        <translation>已保存的内容没有丢失。如果再次发生，请附上日志报告。</translation>
    </message>
    <message>
        <source>The stored visits cannot be opened: their key was not given.</source>
        <translation>无法打开已保存的就诊：没有提供密钥。</translation>
    </message>
    <message>
        <source>Try again and type the passphrase, or log in as the user who made them.</source>
        <translation>请重试并输入口令，或以创建它们的用户身份登录。</translation>
    </message>
    <message>
        <source>Another program is at this session.</source>
        <translation>另一个程序正在使用此会话。</translation>
    </message>
    <message>
        <source>End it there first, then try again.</source>
        <translation>请先在那里结束，再重试。</translation>
    </message>
    <message>
        <source>What must be kept cannot be kept on this disk.</source>
        <translation>必须保存的内容无法保存到此磁盘。</translation>
    </message>
    <message>
        <source>A model is missing.</source>
        <translation>缺少一个模型。</translation>
    </message>
    <message>
        <source>Open Models and fetch it.</source>
        <translation>打开“模型”并下载。</translation>
    </message>
    <message>
        <source>A model&apos;s files are damaged.</source>
        <translation>模型的文件已损坏。</translation>
    </message>
    <message>
        <source>Open Models and fetch it again.</source>
        <translation>打开“模型”并重新下载。</translation>
    </message>
    <message>
        <source>The model could not be fetched from where it lies.</source>
        <translation>无法从其来源下载模型。</translation>
    </message>
    <message>
        <source>Check the connection and try again: what has arrived is kept.</source>
        <translation>请检查网络后重试：已下载的部分会保留。</translation>
    </message>
    <message>
        <source>Something that this needs is not on this machine.</source>
        <translation>这台电脑缺少所需的组件。</translation>
    </message>
    <message>
        <source>This profile does not serve these languages.</source>
        <translation>此配置不支持这些语言。</translation>
    </message>
    <message>
        <source>Choose another profile, or other languages.</source>
        <translation>请选择其他配置或其他语言。</translation>
    </message>
</context>
<context>
    <name>FindingsPanel</name>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Findings of the guard</source>
        <translation>核对发现</translation>
    </message>
    <message>
        <source>Enter shows the line</source>
        <translation>按回车键显示该句</translation>
    </message>
    <message>
        <source>Nothing was found</source>
        <translation>没有发现问题</translation>
    </message>
    <message>
        <source>Numbers, doses, negations and the like are the same on both sides, as far as the guard can tell.</source>
        <translation>就核对所能判断，两边的数字、剂量、否定等内容一致。</translation>
    </message>
    <message>
        <source>What may differ between what was said and its translation</source>
        <translation>原话与译文之间可能的差异</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>遗漏</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>改变</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>添加</translation>
    </message>
</context>
<context>
    <name>Folded</name>
    <message>
        <source>unfolded</source>
        <translation>已展开</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>已折叠</translation>
    </message>
</context>
<context>
    <name>Hints</name>
    <message>
        <source>No phrase says this.</source>
        <translation>没有短语表达这个意思。</translation>
    </message>
    <message>
        <source>Nothing waits for an answer.</source>
        <translation>没有等待回答的问题。</translation>
    </message>
    <message>
        <source>There is nothing to repeat yet.</source>
        <translation>还没有可以重复的内容。</translation>
    </message>
    <message>
        <source>The doctor has said nothing yet.</source>
        <translation>医生还没有说话。</translation>
    </message>
    <message>
        <source>Nobody has said anything yet.</source>
        <translation>还没有人说话。</translation>
    </message>
    <message>
        <source>It is held: say it as it is, or leave it out.</source>
        <translation>此句已被拦下：请照原样说出，或不说。</translation>
    </message>
    <message>
        <source>This one has a gap to be filled.</source>
        <translation>此短语有空格需要填写。</translation>
    </message>
</context>
<context>
    <name>HomeView</name>
    <message>
        <source>Start a visit, go on with one, or look at what was said.</source>
        <translation>开始就诊、继续就诊，或查看说过的内容。</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>Transcribe recordings</source>
        <translation>转写录音</translation>
    </message>
    <message>
        <source>Drop recordings here</source>
        <translation>将录音拖到这里</translation>
    </message>
    <message>
        <source>They become transcripts in both languages, with speakers.</source>
        <translation>录音会转写成带说话人的双语文字稿。</translation>
    </message>
    <message>
        <source>Keep in mind</source>
        <translation>请注意</translation>
    </message>
    <message>
        <source>VoiceDoc is no qualified interpreter and no medical device. Machine translation makes errors that matter: have a person at hand who can check.</source>
        <translation>VoiceDoc 不是合格的口译员，也不是医疗器械。机器翻译会出现严重的错误：请确保身边有人可以核对。</translation>
    </message>
    <message>
        <source>Show the introduction</source>
        <translation>显示介绍</translation>
    </message>
</context>
<context>
    <name>HomeViewModel</name>
    <message>
        <source>The visit was ended; what was said is kept.</source>
        <translation>就诊已结束；说过的内容已保存。</translation>
    </message>
</context>
<context>
    <name>HotKeys</name>
    <message>
        <source>Keys during a visit</source>
        <translation>就诊中的按键</translation>
    </message>
    <message>
        <source>All as at first</source>
        <translation>全部恢复初始</translation>
    </message>
    <message>
        <source>Digits choose phrases that are offered; these stay as they are.</source>
        <translation>数字键用于选择提供的短语，不能更改。</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>更改按键</translation>
    </message>
    <message>
        <source>Press the key that you want.</source>
        <translation>请按您想要的键。</translation>
    </message>
    <message>
        <source>The key {key} cannot be had: {taken}.</source>
        <translation>无法使用 {key} 键：{taken}。</translation>
    </message>
    <message>
        <source>it always means the same</source>
        <translation>它的含义固定不变</translation>
    </message>
    <message>
        <source>a key of a visit is pressed alone</source>
        <translation>就诊中的按键须单独按下</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>请选择另一个。</translation>
    </message>
    <message>
        <source>Press to talk, press again to let go</source>
        <translation>按一下开始说，再按一下松开</translation>
    </message>
    <message>
        <source>Talk: the doctor</source>
        <translation>说话：医生</translation>
    </message>
    <message>
        <source>Talk: the patient</source>
        <translation>说话：患者</translation>
    </message>
    <message>
        <source>That was the doctor</source>
        <translation>那是医生</translation>
    </message>
    <message>
        <source>That was the patient</source>
        <translation>那是患者</translation>
    </message>
    <message>
        <source>Yes, to what is asked back</source>
        <translation>对反问回答“是”</translation>
    </message>
    <message>
        <source>No, to what is asked back</source>
        <translation>对反问回答“否”</translation>
    </message>
    <message>
        <source>Say a held translation as it is</source>
        <translation>照原样说出被拦下的译文</translation>
    </message>
    <message>
        <source>Leave a held translation out</source>
        <translation>不说被拦下的译文</translation>
    </message>
    <message>
        <source>Say the last translation again</source>
        <translation>再说一遍上一句译文</translation>
    </message>
    <message>
        <source>The voice is silent at once</source>
        <translation>语音立即静音</translation>
    </message>
    <message>
        <source>Find a reviewed phrase</source>
        <translation>查找审核过的短语</translation>
    </message>
    <message>
        <source>Type what the doctor says</source>
        <translation>输入医生要说的话</translation>
    </message>
    <message>
        <source>Have the patient repeat the last instruction</source>
        <translation>请患者复述上一条嘱咐</translation>
    </message>
    <message>
        <source>Call a human interpreter</source>
        <translation>呼叫人工口译员</translation>
    </message>
    <message>
        <source>Listen no more; listen again</source>
        <translation>停止听；重新听</translation>
    </message>
    <message>
        <source>The note so far</source>
        <translation>目前的病历</translation>
    </message>
    <message>
        <source>End the visit</source>
        <translation>结束就诊</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>How visits are kept</source>
        <translation>就诊如何保存</translation>
    </message>
    <message>
        <source>The visits are put under the new key</source>
        <translation>正在为就诊更换新密钥</translation>
    </message>
    <message>
        <source>Use a passphrase …</source>
        <translation>使用口令…</translation>
    </message>
    <message>
        <source>Use the computer&apos;s keyring</source>
        <translation>使用电脑的密钥环</translation>
    </message>
    <message>
        <source>Destroy them now</source>
        <translation>立即销毁</translation>
    </message>
    <message>
        <source>Holds for visits to come. Those over their time are destroyed when the next one begins.</source>
        <translation>适用于以后的就诊。超过期限的会在下一次就诊开始时销毁。</translation>
    </message>
    <message>
        <source>Destroy a visit</source>
        <translation>销毁就诊</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>looking …</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>encrypted, key in the computer&apos;s keyring</source>
        <translation>已加密，密钥在电脑的密钥环中</translation>
    </message>
    <message>
        <source>encrypted, key made of a passphrase</source>
        <translation>已加密，密钥由口令生成</translation>
    </message>
    <message>
        <source>the first visit makes the key</source>
        <translation>第一次就诊时生成密钥</translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) in {folder}</source>
        <translation>
            <numerusform>{folder} 中有 %n 次就诊</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) are over their time.</source>
        <translation>
            <numerusform>%n 次就诊已超过期限。</numerusform>
        </translation>
    </message>
    <message>
        <source>when the next one begins</source>
        <translation>在下一次开始时</translation>
    </message>
    <message>
        <source>after a day</source>
        <translation>一天后</translation>
    </message>
    <message>
        <source>after {n} days</source>
        <translation>{n} 天后</translation>
    </message>
    <message>
        <source>never; somebody does it</source>
        <translation>从不；由人操作</translation>
    </message>
    <message>
        <source>Destroy these visits?</source>
        <translation>销毁这些就诊？</translation>
    </message>
    <message>
        <source>What was said in them, their sound and their notes can never be read again.</source>
        <translation>其中说过的话、声音和病历将再也无法读取。</translation>
    </message>
    <message>
        <source>Destroy them</source>
        <translation>销毁</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>Arabic</source>
        <translation>阿拉伯语</translation>
    </message>
    <message>
        <source>German</source>
        <translation>德语</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>西班牙语</translation>
    </message>
    <message>
        <source>French</source>
        <translation>法语</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>印地语</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>意大利语</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日语</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>葡萄牙语</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>俄语</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
</context>
<context>
    <name>Level</name>
    <message>
        <source>Emergency</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>急迫</translation>
    </message>
    <message>
        <source>Soon</source>
        <translation>尽快</translation>
    </message>
    <message>
        <source>Major</source>
        <translation>严重</translation>
    </message>
    <message>
        <source>Moderate</source>
        <translation>中等</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Level of {name}</source>
        <translation>{name}的音量</translation>
    </message>
    <message>
        <source>not listening</source>
        <translation>未在听</translation>
    </message>
    <message>
        <source>silence</source>
        <translation>无声</translation>
    </message>
    <message>
        <source>too loud</source>
        <translation>太响</translation>
    </message>
    <message>
        <source>loud</source>
        <translation>偏响</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>听得到</translation>
    </message>
</context>
<context>
    <name>LimitsStep</name>
    <message>
        <source>It is no qualified interpreter and no medical device.</source>
        <translation>它不是合格的口译员，也不是医疗器械。</translation>
    </message>
    <message>
        <source>Machine translation makes errors that matter. Have a person at hand who can check.</source>
        <translation>机器翻译会出现严重的错误。请确保身边有人可以核对。</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>它能做什么</translation>
    </message>
    <message>
        <source>It listens to a doctor and a patient, writes down what each says, translates and speaks it.</source>
        <translation>它听医生和患者说话，记下各自所说，翻译并说出来。</translation>
    </message>
    <message>
        <source>It holds a translation that changed a dose, a drug, a side or a “not”, and asks you.</source>
        <translation>如果译文改变了剂量、药物、左右或“不”字，它会拦下并询问您。</translation>
    </message>
    <message>
        <source>It keeps everything encrypted on this machine. Nothing leaves it.</source>
        <translation>一切都加密保存在这台电脑上，绝不外传。</translation>
    </message>
    <message>
        <source>It warns, and drafts notes; a person decides, and signs.</source>
        <translation>它给出提醒，起草病历；由人决定并签字。</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Language of the app</source>
        <translation>应用的语言</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>医生在说话</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>患者在说话</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Back to it</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Leave this place?</source>
        <translation>要离开这里吗？</translation>
    </message>
    <message>
        <source>{what}. It goes on meanwhile, and a bar above leads back to it.</source>
        <translation>{what}。它会继续进行，上方的横条可以带您返回。</translation>
    </message>
    <message>
        <source>Look elsewhere</source>
        <translation>看看别处</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
    <message>
        <source>The part of the app that interprets ended unexpectedly.</source>
        <translation>应用中负责口译的部分意外终止了。</translation>
    </message>
    <message>
        <source>What was said is kept: a visit that had begun can be continued on the Visit screen.</source>
        <translation>已说的内容都已保存：已经开始的就诊可以在“就诊”页面继续。</translation>
    </message>
    <message>
        <source>The part of the app that works in the background ended unexpectedly.</source>
        <translation>应用中在后台工作的部分意外终止了。</translation>
    </message>
    <message>
        <source>Nothing that was kept is lost. It is started again when it is needed.</source>
        <translation>已保存的内容没有丢失。需要时它会重新启动。</translation>
    </message>
    <message>
        <source>The settings cannot be written: {why}</source>
        <translation>无法写入设置：{why}</translation>
    </message>
    <message>
        <source>They hold until the app closes.</source>
        <translation>它们在应用关闭前有效。</translation>
    </message>
    <message>
        <source>Close VoiceDoc?</source>
        <translation>关闭 VoiceDoc？</translation>
    </message>
    <message>
        <source>{what}. Closing ends it; what was said is kept.</source>
        <translation>{what}。关闭会将其结束；说过的内容会保存。</translation>
    </message>
    <message>
        <source>End it and close</source>
        <translation>结束并关闭</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>The licence of these weights is not settled. You may use them if you accept that:</source>
        <translation>这些权重的许可证尚未明确。如果您接受，可以使用：</translation>
    </message>
    <message>
        <source>Accept this licence?</source>
        <translation>接受此许可证？</translation>
    </message>
    <message>
        <source>Accept and fetch</source>
        <translation>接受并下载</translation>
    </message>
    <message>
        <source>Do not fetch</source>
        <translation>不下载</translation>
    </message>
    <message>
        <source>Progress of {name}</source>
        <translation>{name} 的进度</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Fetch again</source>
        <translation>重新下载</translation>
    </message>
    <message>
        <source>waiting for the one before</source>
        <translation>等待前一个</translation>
    </message>
    <message>
        <source>computing every hash anew …</source>
        <translation>正在重新计算所有哈希值…</translation>
    </message>
    <message>
        <source>being removed …</source>
        <translation>正在移除…</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>beginning …</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>comes with a library</source>
        <translation>随程序库提供</translation>
    </message>
    <message>
        <source>there</source>
        <translation>已有</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>没有</translation>
    </message>
    <message>
        <source>an older one</source>
        <translation>较旧的版本</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Licence: {licence}</source>
        <translation>许可证：{licence}</translation>
    </message>
    <message>
        <source>to be accepted once</source>
        <translation>需接受一次</translation>
    </message>
    <message>
        <source>Languages: {tags}</source>
        <translation>语言：{tags}</translation>
    </message>
    <message>
        <source>Profiles: {names}</source>
        <translation>配置：{names}</translation>
    </message>
    <message>
        <source>{n} files</source>
        <translation>{n} 个文件</translation>
    </message>
    <message>
        <source>Measured: {figures}</source>
        <translation>测量：{figures}</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>Part of the library {name}: it comes and goes with that.</source>
        <translation>属于程序库 {name}：随其增减。</translation>
    </message>
    <message>
        <source>It can be fetched again.</source>
        <translation>可以重新下载。</translation>
    </message>
    <message>
        <source>These profiles need it: {names}.</source>
        <translation>这些配置需要它：{names}。</translation>
    </message>
    <message>
        <source>Remove {name}?</source>
        <translation>移除 {name}？</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>ModelLine</name>
    <message>
        <source>Progress of {name}</source>
        <translation>{name} 的进度</translation>
    </message>
    <message>
        <source>Its licence is not settled ({licence}). I accept that.</source>
        <translation>其许可证尚未明确（{licence}）。我接受。</translation>
    </message>
    <message>
        <source>Accept the licence of {name}</source>
        <translation>接受 {name} 的许可证</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>已校验</translation>
    </message>
    <message>
        <source>fetching</source>
        <translation>下载中</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>part of a package</source>
        <translation>属于某个软件包</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺少</translation>
    </message>
</context>
<context>
    <name>ModelsStep</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>They understand, translate and speak. They are fetched once, checked against their known hashes, and work on this machine. This is the only time that VoiceDoc connects to anything.</source>
        <translation>它们负责理解、翻译和说话。只需下载一次，按已知哈希值校验，并在这台电脑上运行。这是 VoiceDoc 唯一一次联网。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Fetch {size}</source>
        <translation>下载 {size}</translation>
    </message>
    <message>
        <source>Looking which models are there …</source>
        <translation>正在查看有哪些模型…</translation>
    </message>
    <message>
        <source>The profile {name} does not interpret between these two languages.</source>
        <translation>配置 {name} 不支持这两种语言之间的口译。</translation>
    </message>
    <message>
        <source>All models for these two languages are there and verified.</source>
        <translation>这两种语言所需的模型均已就绪并通过校验。</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) are missing: {size} to download.</source>
        <translation>
            <numerusform>缺少 %n 个模型：需下载 {size}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Some have no settled licence; read it, and accept it where you may.</source>
        <translation>有些模型的许可证尚未明确；请阅读，并在可以时接受。</translation>
    </message>
</context>
<context>
    <name>ModelsView</name>
    <message>
        <source>Hears where somebody speaks</source>
        <translation>听出哪里有人说话</translation>
    </message>
    <message>
        <source>Understands speech</source>
        <translation>理解语音</translation>
    </message>
    <message>
        <source>Tells voices apart</source>
        <translation>区分不同的声音</translation>
    </message>
    <message>
        <source>Translates</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>Speaks</source>
        <translation>说话</translation>
    </message>
    <message>
        <source>Compares meanings</source>
        <translation>比较含义</translation>
    </message>
    <message>
        <source>Words questions and notes</source>
        <translation>组织问题和病历的措辞</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>知识</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>They run on this computer. Only fetching them connects to anything.</source>
        <translation>它们在这台电脑上运行。只有下载时才联网。</translation>
    </message>
    <message>
        <source>Models of which profile</source>
        <translation>哪个配置的模型</translation>
    </message>
    <message>
        <source>Fetch all of them</source>
        <translation>全部下载</translation>
    </message>
    <message>
        <source>Looking which models there are …</source>
        <translation>正在查看有哪些模型…</translation>
    </message>
    <message>
        <source>No models</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>This profile needs none that are known here.</source>
        <translation>此配置不需要这里已知的任何模型。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>所有模型</translation>
    </message>
    <message>
        <source>Profile {name}</source>
        <translation>配置 {name}</translation>
    </message>
    <message>
        <source>Profile {name} lacks {n} models, {size}</source>
        <translation>配置 {name} 缺少 {n} 个模型，{size}</translation>
    </message>
</context>
<context>
    <name>ModelsViewModel</name>
    <message>
        <source>Models are being fetched</source>
        <translation>正在下载模型</translation>
    </message>
    <message>
        <source>Fetched and verified, {size}.</source>
        <translation>已下载并校验，{size}。</translation>
    </message>
    <message>
        <source>{name} is there and verified.</source>
        <translation>{name} 已就绪并通过校验。</translation>
    </message>
    <message>
        <source>Fetch it again.</source>
        <translation>请重新下载。</translation>
    </message>
    <message>
        <source>Damaged: {files}</source>
        <translation>已损坏：{files}</translation>
    </message>
    <message>
        <source>{n} files are what they must be.</source>
        <translation>{n} 个文件完好无误。</translation>
    </message>
    <message>
        <source>Removed; {size} are free.</source>
        <translation>已移除；释放 {size}。</translation>
    </message>
    <message>
        <source>Stopped. What has arrived is kept for the next time.</source>
        <translation>已停止。已下载的部分保留到下次。</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Places</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>折叠</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>就诊</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>NoVisit</name>
    <message>
        <source>Set up a visit</source>
        <translation>设置就诊</translation>
    </message>
    <message>
        <source>Choose the languages and devices on the first screen; the visit then goes on here.</source>
        <translation>请在首页选择语言和设备；之后就诊在这里进行。</translation>
    </message>
    <message>
        <source>No visit is open</source>
        <translation>没有打开的就诊</translation>
    </message>
</context>
<context>
    <name>NotePanel</name>
    <message>
        <source>Note</source>
        <translation>病历</translation>
    </message>
    <message>
        <source>Which note</source>
        <translation>哪份病历</translation>
    </message>
    <message>
        <source>The note</source>
        <translation>病历内容</translation>
    </message>
    <message>
        <source>Numbers in brackets are links to what was said</source>
        <translation>括号中的数字链接到说过的话</translation>
    </message>
    <message>
        <source>Edit the note</source>
        <translation>编辑病历</translation>
    </message>
    <message>
        <source>Each sentence begins with a dash</source>
        <translation>每句以短横线开头</translation>
    </message>
    <message>
        <source>Draft the note</source>
        <translation>起草病历</translation>
    </message>
    <message>
        <source>By rules, from what was said; every sentence says where</source>
        <translation>按规则根据所说内容起草；每句注明出处</translation>
    </message>
    <message>
        <source>Draft a summary for the patient</source>
        <translation>为患者起草小结</translation>
    </message>
    <message>
        <source>Draft anew</source>
        <translation>重新起草</translation>
    </message>
    <message>
        <source>A new version; the ones before stay</source>
        <translation>生成新版本；之前的版本保留</translation>
    </message>
    <message>
        <source>Draft by the model</source>
        <translation>由模型起草</translation>
    </message>
    <message>
        <source>What was said goes to the dialogue model on your network; rules judge every sentence</source>
        <translation>所说内容会发送到您网络中的对话模型；每句话由规则判断</translation>
    </message>
    <message>
        <source>By the model</source>
        <translation>由模型</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Your name, such as Dr Ana Silva</source>
        <translation>您的姓名，例如 Ana Silva 医生</translation>
    </message>
    <message>
        <source>Who signs</source>
        <translation>签字人</translation>
    </message>
    <message>
        <source>The name of whoever answers for the note</source>
        <translation>对病历负责的人的姓名</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签字</translation>
    </message>
    <message>
        <source>No note yet</source>
        <translation>还没有病历</translation>
    </message>
    <message>
        <source>A draft is made of what was said, sentence by sentence. You read, edit and sign it.</source>
        <translation>根据所说内容逐句起草。由您阅读、编辑并签字。</translation>
    </message>
    <message>
        <source>[3, 5] are the lines that a sentence rests on. Keep the headings.</source>
        <translation>[3, 5] 是一句话所依据的行。请保留标题。</translation>
    </message>
    <message>
        <source>{title} ({language}), version {number}</source>
        <translation>{title}（{language}），版本 {number}</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>已签字</translation>
    </message>
    <message>
        <source>Changed since signed</source>
        <translation>签字后有改动</translation>
    </message>
    <message>
        <source>By signing as {name} you say that you have read it and answer for it.</source>
        <translation>以 {name} 的名义签字，表示您已阅读并对其负责。</translation>
    </message>
    <message>
        <source>{n} of its sentences are marked as doubtful.</source>
        <translation>其中 {n} 句标记为存疑。</translation>
    </message>
    <message>
        <source>Sign this note?</source>
        <translation>签署这份病历？</translation>
    </message>
    <message>
        <source>I have read it: sign</source>
        <translation>我已阅读：签字</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>暂不</translation>
    </message>
</context>
<context>
    <name>NoteSoFar</name>
    <message>
        <source>Note so far</source>
        <translation>目前的病历</translation>
    </message>
    <message>
        <source>Enter shows what a sentence rests on</source>
        <translation>按回车键显示句子的依据</translation>
    </message>
    <message>
        <source>Nothing has been said yet that a note would hold.</source>
        <translation>还没有说过病历会记录的内容。</translation>
    </message>
    <message>
        <source>A draft by rules. It is finished and signed in Review.</source>
        <translation>由规则起草。请在“查看”中完成并签字。</translation>
    </message>
    <message>
        <source>Doubtful: look at what was said</source>
        <translation>存疑：请查看原话</translation>
    </message>
</context>
<context>
    <name>OpeningPage</name>
    <message>
        <source>Getting ready</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Loading of the models</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Opening the devices and the store</source>
        <translation>正在打开设备和存储</translation>
    </message>
    <message>
        <source>{done} of {all} are loaded</source>
        <translation>已加载 {done} / {all}</translation>
    </message>
    <message>
        <source>A session was over its time and has been destroyed: {session}</source>
        <translation>一次会话已超过期限，已被销毁：{session}</translation>
    </message>
    <message>
        <source>Loading: who speaks when</source>
        <translation>正在加载：判断谁何时说话</translation>
    </message>
    <message>
        <source>Loading: understanding speech</source>
        <translation>正在加载：语音理解</translation>
    </message>
    <message>
        <source>Loading: telling voices apart</source>
        <translation>正在加载：区分声音</translation>
    </message>
    <message>
        <source>Loading: translation</source>
        <translation>正在加载：翻译</translation>
    </message>
    <message>
        <source>Loading: the voice</source>
        <translation>正在加载：语音</translation>
    </message>
    <message>
        <source>Loading: reviewed phrases</source>
        <translation>正在加载：审核过的短语</translation>
    </message>
    <message>
        <source>Loading: {what}</source>
        <translation>正在加载：{what}</translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>再输入一次</translation>
    </message>
    <message>
        <source>New passphrase for the stored visits</source>
        <translation>为已保存的就诊设置新口令</translation>
    </message>
    <message>
        <source>Passphrase of the stored visits</source>
        <translation>已保存就诊的口令</translation>
    </message>
    <message>
        <source>Visits are kept encrypted. Without this passphrase nobody can read them again.</source>
        <translation>就诊是加密保存的。没有这个口令，任何人都无法再读取。</translation>
    </message>
    <message>
        <source>Visits are kept encrypted on this machine. It is asked for once, until the app closes.</source>
        <translation>就诊加密保存在这台电脑上。口令只询问一次，直到应用关闭。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>请输入口令。</translation>
    </message>
    <message>
        <source>Use {n} letters or more; several words are good.</source>
        <translation>请使用 {n} 个或更多字符；用几个词效果好。</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
</context>
<context>
    <name>PracticeStep</name>
    <message>
        <source>The practice is under way</source>
        <translation>练习进行中</translation>
    </message>
    <message>
        <source>Listen to me</source>
        <translation>听我说</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>理解为</translation>
    </message>
    <message>
        <source>Translated</source>
        <translation>已翻译</translation>
    </message>
    <message>
        <source>Read this sentence out</source>
        <translation>请朗读这句话</translation>
    </message>
    <message>
        <source>Nothing of it is kept.</source>
        <translation>不会保存任何内容。</translation>
    </message>
    <message>
        <source>Loading the models …</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Read it out now. Listening for {n} seconds …</source>
        <translation>请现在朗读。听 {n} 秒…</translation>
    </message>
    <message>
        <source>Understanding …</source>
        <translation>正在理解…</translation>
    </message>
    <message>
        <source>The models are not there yet.</source>
        <translation>模型还没有就绪。</translation>
    </message>
    <message>
        <source>Go back, and fetch them.</source>
        <translation>请返回并下载。</translation>
    </message>
    <message>
        <source>Nothing was understood.</source>
        <translation>没有听懂任何内容。</translation>
    </message>
    <message>
        <source>Come closer, and try again.</source>
        <translation>请靠近一些再试。</translation>
    </message>
    <message>
        <source>It was not spoken.</source>
        <translation>没有说出来。</translation>
    </message>
    <message>
        <source>That works.</source>
        <translation>运行正常。</translation>
    </message>
    <message>
        <source>Compare it with what you said.</source>
        <translation>请与您说的话比较。</translation>
    </message>
</context>
<context>
    <name>PromptPanel</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Why is a human interpreter called?</source>
        <translation>为什么呼叫人工口译员？</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>呼叫</translation>
    </message>
    <message>
        <source>Find a reviewed phrase: type what you want to say</source>
        <translation>查找审核过的短语：输入您想说的话</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>The doctor says (it is translated and spoken):</source>
        <translation>医生说（会被翻译并说出）：</translation>
    </message>
    <message>
        <source>Say it</source>
        <translation>说出</translation>
    </message>
    <message>
        <source>End the visit? What is left to say is said first.</source>
        <translation>结束就诊？会先把剩下的话说完。</translation>
    </message>
    <message>
        <source>End the visit</source>
        <translation>结束就诊</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>继续就诊</translation>
    </message>
    <message>
        <source>Something is to be filled in: it is put into the line to be typed</source>
        <translation>有内容需要填写：已放入输入行</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Type {word} to go on</source>
        <translation>输入 {word} 以继续</translation>
    </message>
</context>
<context>
    <name>QueueCard</name>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Try failed ones again</source>
        <translation>重试失败的</translation>
    </message>
    <message>
        <source>Take out what is done</source>
        <translation>移出已完成的</translation>
    </message>
    <message>
        <source>All recordings</source>
        <translation>所有录音</translation>
    </message>
    <message>
        <source>Nothing is waiting. Drop a recording above to begin.</source>
        <translation>没有等待的录音。请将录音拖到上方开始。</translation>
    </message>
    <message>
        <source>Looking what is there …</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>{done} of {all} done</source>
        <translation>已完成 {done} / {all}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>loading models …</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>looking what is there …</source>
        <translation>正在查看…</translation>
    </message>
</context>
<context>
    <name>QueueRow</name>
    <message>
        <source>Progress of {name}</source>
        <translation>{name} 的进度</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移出</translation>
    </message>
    <message>
        <source>Take out of the list: {name}</source>
        <translation>从列表移出：{name}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>being transcribed</source>
        <translation>正在转写</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>was done before</source>
        <translation>之前已完成</translation>
    </message>
    <message>
        <source>same as another</source>
        <translation>与另一个相同</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>{heard} of {length}</source>
        <translation>{heard} / {length}</translation>
    </message>
    <message>
        <source>{n} lines</source>
        <translation>{n} 行</translation>
    </message>
    <message>
        <source>{n} findings</source>
        <translation>{n} 项发现</translation>
    </message>
    <message>
        <source>{n} lines failed</source>
        <translation>{n} 行失败</translation>
    </message>
</context>
<context>
    <name>RecentSessions</name>
    <message>
        <source>Recent visits</source>
        <translation>最近的就诊</translation>
    </message>
    <message>
        <source>Looking for visits …</source>
        <translation>正在查找就诊…</translation>
    </message>
    <message>
        <source>What is said in one can be read here afterwards.</source>
        <translation>就诊中说过的话之后可以在这里阅读。</translation>
    </message>
    <message>
        <source>No visits yet</source>
        <translation>还没有就诊</translation>
    </message>
    <message>
        <source>All visits</source>
        <translation>所有就诊</translation>
    </message>
    <message>
        <source>A visit was cut off: {languages}</source>
        <translation>一次就诊被中断：{languages}</translation>
    </message>
    <message>
        <source>{when}. Nothing of it is lost.</source>
        <translation>{when}。没有任何丢失。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Continue the visit of {when}</source>
        <translation>继续 {when} 的就诊</translation>
    </message>
    <message>
        <source>Open the visit of {when}</source>
        <translation>打开 {when} 的就诊</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>被中断</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>being destroyed</source>
        <translation>正在销毁</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>{when} · {length} min</source>
        <translation>{when} · {length} 分钟</translation>
    </message>
</context>
<context>
    <name>RecordingsView</name>
    <message>
        <source>Recordings</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Recorded consultations: who said what, when, in both languages. Nothing is sent.</source>
        <translation>就诊录音：谁在何时说了什么，双语呈现。不会发送任何内容。</translation>
    </message>
    <message>
        <source>Drop recordings or folders here</source>
        <translation>将录音或文件夹拖到这里</translation>
    </message>
    <message>
        <source>Any common format of audio or video</source>
        <translation>任何常见的音频或视频格式</translation>
    </message>
    <message>
        <source>The next ones are transcribed as {languages}, profile {profile}. Change that below.</source>
        <translation>接下来的录音按 {languages}、配置 {profile} 转写。可在下方更改。</translation>
    </message>
    <message>
        <source>Choose a language below first.</source>
        <translation>请先在下方选择一种语言。</translation>
    </message>
    <message>
        <source>Choose a kind of document below first.</source>
        <translation>请先在下方选择一种文档。</translation>
    </message>
    <message>
        <source>Choose a folder for the results below first.</source>
        <translation>请先在下方选择存放结果的文件夹。</translation>
    </message>
</context>
<context>
    <name>RecordingsViewModel</name>
    <message>
        <source>{n} recordings could not be transcribed.</source>
        <translation>{n} 个录音无法转写。</translation>
    </message>
    <message>
        <source>Recordings says why; they can be tried again there.</source>
        <translation>“录音”页面说明了原因；可在那里重试。</translation>
    </message>
    <message>
        <source>All recordings are transcribed.</source>
        <translation>所有录音均已转写。</translation>
    </message>
    <message>
        <source>{n} recordings are not transcribed yet</source>
        <translation>{n} 个录音尚未转写</translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
    <message>
        <source>Review</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Open a folder …</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Results of recordings lie in folders</source>
        <translation>录音的结果保存在文件夹中</translation>
    </message>
    <message>
        <source>Choose a session</source>
        <translation>请选择一个会话</translation>
    </message>
    <message>
        <source>Its words, its sound and its note are shown here.</source>
        <translation>这里显示它的文字、声音和病历。</translation>
    </message>
    <message>
        <source>Opening the session …</source>
        <translation>正在打开会话…</translation>
    </message>
    <message>
        <source>Open another session?</source>
        <translation>要打开另一个会话吗？</translation>
    </message>
    <message>
        <source>{what}: it is lost then.</source>
        <translation>{what}：这样会丢失。</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
    <message>
        <source>Which folder of results?</source>
        <translation>哪个结果文件夹？</translation>
    </message>
</context>
<context>
    <name>ReviewViewModel</name>
    <message>
        <source>Ending the session</source>
        <translation>正在结束会话</translation>
    </message>
    <message>
        <source>Writing the correction</source>
        <translation>正在写入更正</translation>
    </message>
    <message>
        <source>What was typed: {text}</source>
        <translation>输入的内容：{text}</translation>
    </message>
    <message>
        <source>Naming the speaker</source>
        <translation>正在为说话人命名</translation>
    </message>
    <message>
        <source>Drafting the note</source>
        <translation>正在起草病历</translation>
    </message>
    <message>
        <source>The model drafts the note</source>
        <translation>模型正在起草病历</translation>
    </message>
    <message>
        <source>Keeping the note</source>
        <translation>正在保存病历</translation>
    </message>
    <message>
        <source>Signing</source>
        <translation>正在签字</translation>
    </message>
    <message>
        <source>The note is signed.</source>
        <translation>病历已签字。</translation>
    </message>
    <message>
        <source>Writing documents</source>
        <translation>正在生成文档</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择另一个文件夹。</translation>
    </message>
    <message>
        <source>Making the PDF</source>
        <translation>正在生成 PDF</translation>
    </message>
    <message>
        <source>What is damaged was left out</source>
        <translation>已略去损坏的部分</translation>
    </message>
    <message>
        <source>{n} files were written to {folder}</source>
        <translation>已将 {n} 个文件写入 {folder}</translation>
    </message>
    <message>
        <source>Destroying the session</source>
        <translation>正在销毁会话</translation>
    </message>
    <message>
        <source>The session is destroyed.</source>
        <translation>会话已销毁。</translation>
    </message>
</context>
<context>
    <name>Role</name>
    <message>
        <source>Doctor</source>
        <translation>医生</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>其他人</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>助手</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>某人</translation>
    </message>
</context>
<context>
    <name>ServerForm</name>
    <message>
        <source>Dialogue model on your own network</source>
        <translation>您自己网络中的对话模型</translation>
    </message>
    <message>
        <source>Use it, and try it</source>
        <translation>使用并测试</translation>
    </message>
    <message>
        <source>Drafts of notes can be written by a model. Without one, rules do it, on this machine.</source>
        <translation>病历草稿可以由模型撰写。没有模型时，由规则在这台电脑上完成。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Up to and including /v1; empty is none.</source>
        <translation>到 /v1 为止（含）；留空表示不用。</translation>
    </message>
    <message>
        <source>The model&apos;s name there</source>
        <translation>模型在那里的名称</translation>
    </message>
    <message>
        <source>What people say in a visit will leave this machine, and go to {host}.</source>
        <translation>就诊中说的话将离开这台电脑，发送到 {host}。</translation>
    </message>
    <message>
        <source>Use a machine that you trust with patients&apos; words, on a network of your own.</source>
        <translation>请使用您放心处理患者话语的机器，并在自己的网络中。</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>正在询问…</translation>
    </message>
    <message>
        <source>It answers.</source>
        <translation>有应答。</translation>
    </message>
</context>
<context>
    <name>SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Search: date, language, id</source>
        <translation>搜索：日期、语言、编号</translation>
    </message>
    <message>
        <source>Search the sessions</source>
        <translation>搜索会话</translation>
    </message>
    <message>
        <source>By date, language, state or id</source>
        <translation>按日期、语言、状态或编号</translation>
    </message>
    <message>
        <source>Enter opens one</source>
        <translation>按回车键打开</translation>
    </message>
    <message>
        <source>No sessions yet</source>
        <translation>还没有会话</translation>
    </message>
    <message>
        <source>What is said in a visit is kept here.</source>
        <translation>就诊中说过的话保存在这里。</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>No session has all of these words.</source>
        <translation>没有会话包含所有这些词。</translation>
    </message>
    <message>
        <source>Looking for sessions …</source>
        <translation>正在查找会话…</translation>
    </message>
    <message>
        <source>going on</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>被中断</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>being destroyed</source>
        <translation>正在销毁</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>录音中</translation>
    </message>
</context>
<context>
    <name>SessionPanel</name>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>文字稿</translation>
    </message>
    <message>
        <source>Enter plays a line, Space pauses, F2 corrects it</source>
        <translation>回车键播放一行，空格键暂停，F2 更正</translation>
    </message>
    <message>
        <source>Lost in translation</source>
        <translation>翻译中遗漏</translation>
    </message>
    <message>
        <source>Changed in translation</source>
        <translation>翻译中改变</translation>
    </message>
    <message>
        <source>Added by the translation</source>
        <translation>翻译中添加</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>某人</translation>
    </message>
    <message>
        <source>✎ Corrected by {by}, {when}. Before: {before}</source>
        <translation>✎ 由 {by} 于 {when} 更正。之前：{before}</translation>
    </message>
    <message>
        <source>Correct this text</source>
        <translation>更正此文字</translation>
    </message>
    <message>
        <source>Enter keeps it, Escape leaves it as it was</source>
        <translation>回车键保存，Esc 键保持原样</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Documents …</source>
        <translation>文档…</translation>
    </message>
    <message>
        <source>Destroy …</source>
        <translation>销毁…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Find in the transcript</source>
        <translation>在文字稿中查找</translation>
    </message>
    <message>
        <source>Enter goes to the next line that has it</source>
        <translation>回车键跳到下一处</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Correct what was said in the current line (F2)</source>
        <translation>更正当前行的原话（F2）</translation>
    </message>
    <message>
        <source>Correct translation</source>
        <translation>更正译文</translation>
    </message>
    <message>
        <source>Correct the translation of the current line (Shift+F2)</source>
        <translation>更正当前行的译文（Shift+F2）</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Back 5 seconds</source>
        <translation>后退 5 秒</translation>
    </message>
    <message>
        <source>On 5 seconds</source>
        <translation>前进 5 秒</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Arrow keys go back and forth</source>
        <translation>方向键后退和前进</translation>
    </message>
    <message>
        <source>This session has no sound.</source>
        <translation>此会话没有声音。</translation>
    </message>
    <message>
        <source>What belongs to the session</source>
        <translation>与会话有关的内容</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>病历</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>说话人</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>{n} corrected</source>
        <translation>{n} 处更正</translation>
    </message>
    <message>
        <source>Parts of this session cannot be read: {n}</source>
        <translation>此会话有部分无法读取：{n}</translation>
    </message>
    <message>
        <source>What is left is shown. A backup may have the rest.</source>
        <translation>显示剩余内容。备份中可能有其余部分。</translation>
    </message>
    <message>
        <source>Findings ({n})</source>
        <translation>发现（{n}）</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>What was typed is not kept yet</source>
        <translation>输入的内容尚未保存</translation>
    </message>
    <message>
        <source>All that was said goes to the dialogue model {model} on {host}, which words a draft.</source>
        <translation>所说的全部内容会发送到 {host} 上的对话模型 {model}，由它起草。</translation>
    </message>
    <message>
        <source>The way there is not encrypted.</source>
        <translation>传输途中没有加密。</translation>
    </message>
    <message>
        <source>Send what was said to {host}?</source>
        <translation>要把所说内容发送到 {host} 吗？</translation>
    </message>
    <message>
        <source>Send it</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>现在不</translation>
    </message>
    <message>
        <source>Destroy this session for good?</source>
        <translation>永久销毁此会话？</translation>
    </message>
    <message>
        <source>Its words, its sound and its notes are gone; nothing brings them back, except a backup. The list of deeds keeps that it was there. Documents that were written stay where they are.</source>
        <translation>它的文字、声音和病历都将消失；除备份外无法恢复。操作记录会保留它曾存在。已生成的文档仍在原处。</translation>
    </message>
    <message>
        <source>Destroy it</source>
        <translation>销毁</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>SettingsView</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>What is changed here holds at once.</source>
        <translation>此处的更改立即生效。</translation>
    </message>
    <message>
        <source>Language and look</source>
        <translation>语言和外观</translation>
    </message>
    <message>
        <source>Language of the app</source>
        <translation>应用的语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Microphones and loudspeaker</source>
        <translation>麦克风和扬声器</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>就诊</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>医生在说话</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>患者在说话</translation>
    </message>
    <message>
        <source>Which models are used, and on which machine they run well.</source>
        <translation>使用哪些模型，以及在什么机器上运行良好。</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>VoiceDoc is no qualified interpreter and no medical device. Machine translation makes errors that matter: have a person at hand who can check.</source>
        <translation>VoiceDoc 不是合格的口译员，也不是医疗器械。机器翻译会出现严重的错误：请确保身边有人可以核对。</translation>
    </message>
    <message>
        <source>Show the introduction</source>
        <translation>显示介绍</translation>
    </message>
    <message>
        <source>Push to talk</source>
        <translation>按键说话</translation>
    </message>
    <message>
        <source>People are heard only while a button or the space bar is pressed.</source>
        <translation>只有按住按钮或空格键时才听人说话。</translation>
    </message>
    <message>
        <source>Show only</source>
        <translation>只显示</translation>
    </message>
    <message>
        <source>Translations are shown and never spoken.</source>
        <translation>译文只显示，从不说出。</translation>
    </message>
    <message>
        <source>Check the sound first</source>
        <translation>先检查声音</translation>
    </message>
    <message>
        <source>Without it, speaking does not interrupt the voice.</source>
        <translation>不检查的话，说话不会打断语音。</translation>
    </message>
    <message>
        <source>Advice beside the visit</source>
        <translation>就诊旁的提示</translation>
    </message>
    <message>
        <source>Rules warn the clinician of red flags and of medicines that do not go together.</source>
        <translation>规则提醒医生注意危险信号和不宜同用的药物。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
</context>
<context>
    <name>SettingsViewModel</name>
    <message>
        <source>From now on visits are kept so long.</source>
        <translation>从现在起就诊按此期限保存。</translation>
    </message>
    <message>
        <source>The visits are under the new key.</source>
        <translation>就诊已使用新密钥。</translation>
    </message>
    <message>
        <source>The visits that were over their time are destroyed.</source>
        <translation>超过期限的就诊已销毁。</translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>Advice and note</source>
        <translation>提示和病历</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Note so far</source>
        <translation>目前的病历</translation>
    </message>
</context>
<context>
    <name>SoundStep</name>
    <message>
        <source>Microphones and loudspeaker</source>
        <translation>麦克风和扬声器</translation>
    </message>
    <message>
        <source>Say a few words: the bar moves. Before each visit the sound is checked, with the loudspeaker.</source>
        <translation>说几句话：音量条会动。每次就诊前都会连同扬声器一起检查声音。</translation>
    </message>
</context>
<context>
    <name>SpeakersPanel</name>
    <message>
        <source>Speakers</source>
        <translation>说话人</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Corrections are signed with</source>
        <translation>更正的署名</translation>
    </message>
    <message>
        <source>The history says who corrected what.</source>
        <translation>历史记录显示谁更正了什么。</translation>
    </message>
    <message>
        <source>Nobody was told apart by voice. Each line says who spoke: doctor or patient.</source>
        <translation>没有按声音区分说话人。每行注明说话人：医生或患者。</translation>
    </message>
    <message>
        <source>doctor</source>
        <translation>医生</translation>
    </message>
    <message>
        <source>patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>somebody else</source>
        <translation>其他人</translation>
    </message>
    <message>
        <source>Role of {label}</source>
        <translation>{label} 的角色</translation>
    </message>
    <message>
        <source>Name of {label}</source>
        <translation>{label} 的姓名</translation>
    </message>
    <message>
        <source>Name, such as Ana Silva</source>
        <translation>姓名，例如 Ana Silva</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>speaking</source>
        <translation>正在说话</translation>
    </message>
    <message>
        <source>understanding</source>
        <translation>正在理解</translation>
    </message>
    <message>
        <source>translating</source>
        <translation>正在翻译</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>正在核对</translation>
    </message>
    <message>
        <source>held, not said</source>
        <translation>已拦下，未说出</translation>
    </message>
    <message>
        <source>asked back</source>
        <translation>已反问</translation>
    </message>
    <message>
        <source>to be said</source>
        <translation>等待说出</translation>
    </message>
    <message>
        <source>being said</source>
        <translation>正在说出</translation>
    </message>
    <message>
        <source>voice waits</source>
        <translation>语音等待中</translation>
    </message>
    <message>
        <source>said</source>
        <translation>已说出</translation>
    </message>
    <message>
        <source>cut short</source>
        <translation>被打断</translation>
    </message>
    <message>
        <source>shown only</source>
        <translation>只显示</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>未说出</translation>
    </message>
    <message>
        <source>not translated</source>
        <translation>不翻译</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>no words</source>
        <translation>没有文字</translation>
    </message>
</context>
<context>
    <name>TalkButton</name>
    <message>
        <source>Doctor talks</source>
        <translation>医生说话</translation>
    </message>
    <message>
        <source>Patient talks</source>
        <translation>患者说话</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>松开</translation>
    </message>
    <message>
        <source>Hold it while speaking, or press it once before and once after</source>
        <translation>说话时按住，或在说话前后各按一次</translation>
    </message>
</context>
<context>
    <name>TalkPage</name>
    <message>
        <source>Visit</source>
        <translation>就诊</translation>
    </message>
    <message>
        <source>To the newest</source>
        <translation>到最新</translation>
    </message>
    <message>
        <source>Patient&apos;s screen</source>
        <translation>患者屏幕</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>reviewed</source>
        <translation>已审核</translation>
    </message>
</context>
<context>
    <name>ToldBefore</name>
    <message>
        <source>No lawyer and no professional translator has reviewed these words. Have yours reviewed.</source>
        <translation>这些文字未经律师和专业译员审核。请自行审核您的版本。</translation>
    </message>
    <message>
        <source>There is no text in this language: have a person explain it.</source>
        <translation>没有这种语言的文字：请由人说明。</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>What is said</source>
        <translation>所说内容</translation>
    </message>
    <message>
        <source>Arrow keys look back</source>
        <translation>方向键可以回看</translation>
    </message>
</context>
<context>
    <name>Troubles</name>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>{device} is gone</source>
        <translation>{device} 已断开</translation>
    </message>
    <message>
        <source>The session is safe up to here, and can be continued.</source>
        <translation>会话到此为止是安全的，可以继续。</translation>
    </message>
    <message>
        <source>The patient wants to stop</source>
        <translation>患者想停止</translation>
    </message>
    <message>
        <source>The voice is silent and nothing is listened to, until you or the patient go on.</source>
        <translation>语音已静音，也不在听，直到您或患者继续。</translation>
    </message>
    <message>
        <source>The patient did not understand</source>
        <translation>患者没有听懂</translation>
    </message>
    <message>
        <source>The last sentence is said again.</source>
        <translation>最后一句会再说一遍。</translation>
    </message>
</context>
<context>
    <name>Turn</name>
    <message>
        <source>Translation</source>
        <translation>译文</translation>
    </message>
    <message>
        <source>Reviewed phrase</source>
        <translation>审核过的短语</translation>
    </message>
</context>
<context>
    <name>VisitBar</name>
    <message>
        <source>What goes on</source>
        <translation>当前状况</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>Time: {time}</source>
        <translation>时间：{time}</translation>
    </message>
    <message>
        <source>The doctor has the button</source>
        <translation>医生持有说话键</translation>
    </message>
    <message>
        <source>The patient has the button</source>
        <translation>患者持有说话键</translation>
    </message>
    <message>
        <source>Human interpreter called</source>
        <translation>已呼叫人工口译员</translation>
    </message>
    <message>
        <source>{stage}: {seconds:.1f} s behind</source>
        <translation>{stage}：落后 {seconds:.1f} 秒</translation>
    </message>
</context>
<context>
    <name>VisitSetup</name>
    <message>
        <source>New visit</source>
        <translation>新的就诊</translation>
    </message>
    <message>
        <source>Fetch what is missing</source>
        <translation>下载缺少的内容</translation>
    </message>
    <message>
        <source>More choices</source>
        <translation>更多选项</translation>
    </message>
    <message>
        <source>What both are told before</source>
        <translation>事先告知双方的内容</translation>
    </message>
    <message>
        <source>Start the visit</source>
        <translation>开始就诊</translation>
    </message>
    <message>
        <source>Loads the models, checks the sound and asks both for consent; then people talk.</source>
        <translation>加载模型、检查声音并征得双方同意；然后开始交谈。</translation>
    </message>
    <message>
        <source>Swap the two languages</source>
        <translation>互换两种语言</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>医生在说话</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>患者在说话</translation>
    </message>
    <message>
        <source>Push to talk</source>
        <translation>按键说话</translation>
    </message>
    <message>
        <source>People are heard only while a button or the space bar is pressed.</source>
        <translation>只有按住按钮或空格键时才听人说话。</translation>
    </message>
    <message>
        <source>Show only</source>
        <translation>只显示</translation>
    </message>
    <message>
        <source>Translations are shown and never spoken.</source>
        <translation>译文只显示，从不说出。</translation>
    </message>
    <message>
        <source>Check the sound first</source>
        <translation>先检查声音</translation>
    </message>
    <message>
        <source>Without it, speaking does not interrupt the voice.</source>
        <translation>不检查的话，说话不会打断语音。</translation>
    </message>
    <message>
        <source>Advice beside the visit</source>
        <translation>就诊旁的提示</translation>
    </message>
    <message>
        <source>Rules warn the clinician of red flags and of medicines that do not go together.</source>
        <translation>规则提醒医生注意危险信号和不宜同用的药物。</translation>
    </message>
    <message>
        <source>Which models are used, and on which machine they run well.</source>
        <translation>使用哪些模型，以及在什么机器上运行良好。</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Choose two different languages.</source>
        <translation>请选择两种不同的语言。</translation>
    </message>
    <message>
        <source>The profile {name} does not interpret between these two languages.</source>
        <translation>配置 {name} 不支持这两种语言之间的口译。</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) must be fetched before the first visit.</source>
        <translation>
            <numerusform>第一次就诊前需下载 %n 个模型。</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} to download, once.</source>
        <translation>需下载 {size}，仅一次。</translation>
    </message>
    <message>
        <source>Sound, words and translations are kept encrypted on this machine, and nowhere else.</source>
        <translation>声音、文字和译文加密保存在这台电脑上，别处没有。</translation>
    </message>
    <message>
        <source>They are kept until somebody destroys them.</source>
        <translation>一直保存到有人销毁为止。</translation>
    </message>
    <message>
        <source>They are destroyed soon after the visit.</source>
        <translation>就诊结束后不久即销毁。</translation>
    </message>
    <message numerus="yes">
        <source>They are destroyed %n day(s) after the visit.</source>
        <translation>
            <numerusform>就诊 %n 天后销毁。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VisitView</name>
    <message>
        <source>Visit</source>
        <translation>就诊</translation>
    </message>
</context>
<context>
    <name>VisitViewModel</name>
    <message>
        <source>A visit is under way.</source>
        <translation>就诊正在进行。</translation>
    </message>
    <message>
        <source>Ask the patient to say it again.</source>
        <translation>请患者再说一遍。</translation>
    </message>
</context>
<context>
    <name>WelcomeView</name>
    <message>
        <source>Welcome to VoiceDoc</source>
        <translation>欢迎使用 VoiceDoc</translation>
    </message>
    <message>
        <source>Four steps, once.</source>
        <translation>四个步骤，只需一次。</translation>
    </message>
    <message>
        <source>Skip the rest</source>
        <translation>跳过其余步骤</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>它是什么</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>One sentence</source>
        <translation>一句话</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>{n}. {name}</source>
        <translation>{n}. {name}</translation>
    </message>
    <message>
        <source>To the first visit</source>
        <translation>去第一次就诊</translation>
    </message>
</context>
<context>
    <name>WelcomeViewModel</name>
    <message>
        <source>All models are there and verified.</source>
        <translation>所有模型均已就绪并通过校验。</translation>
    </message>
    <message>
        <source>Models are being fetched</source>
        <translation>正在下载模型</translation>
    </message>
</context>
<context>
    <name>WishCard</name>
    <message>
        <source>How they are transcribed</source>
        <translation>如何转写</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Fetch what is missing</source>
        <translation>下载缺少的内容</translation>
    </message>
    <message>
        <source>Doctor&apos;s language</source>
        <translation>医生的语言</translation>
    </message>
    <message>
        <source>Patient&apos;s language</source>
        <translation>患者的语言</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>How many speak</source>
        <translation>有几人说话</translation>
    </message>
    <message>
        <source>Translate into</source>
        <translation>翻译成</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Results go into</source>
        <translation>结果存放于</translation>
    </message>
    <message>
        <source>Each recording gets a folder of its own in it</source>
        <translation>每个录音在其中有自己的文件夹</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Results are not encrypted: whoever can open the folder can read them.</source>
        <translation>结果没有加密：能打开该文件夹的人都能阅读。</translation>
    </message>
    <message>
        <source>Translate into {language}</source>
        <translation>翻译成{language}</translation>
    </message>
    <message>
        <source>found out</source>
        <translation>自动判断</translation>
    </message>
    <message>
        <source>Models of this profile are missing: {names}</source>
        <translation>此配置缺少模型：{names}</translation>
    </message>
    <message>
        <source>What needs them fails until they are there.</source>
        <translation>在模型就绪之前，需要它们的功能会失败。</translation>
    </message>
    <message>
        <source>Where do results go?</source>
        <translation>结果存放到哪里？</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>病历</translation>
    </message>
    <message>
        <source>Listening page</source>
        <translation>可听的网页</translation>
    </message>
    <message>
        <source>De-identified</source>
        <translation>去标识化</translation>
    </message>
</context>
<context>
    <name>_Script</name>
    <message>
        <source>There is no text in this language: have a person explain it.</source>
        <translation>没有这种语言的文字：请由人说明。</translation>
    </message>
</context>
</TS>
