<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es_ES">
<context>
    <name>AboutPanel</name>
    <message>
        <source>About the session</source>
        <translation>Acerca de la sesión</translation>
    </message>
    <message>
        <source>Consent to the recording: yes</source>
        <translation>Consentimiento para grabar: sí</translation>
    </message>
    <message>
        <source>Consent to the recording: no</source>
        <translation>Consentimiento para grabar: no</translation>
    </message>
    <message>
        <source>Consent to the recording: not recorded</source>
        <translation>Consentimiento para grabar: sin registrar</translation>
    </message>
    <message>
        <source>In the folder {folder}</source>
        <translation>En la carpeta {folder}</translation>
    </message>
    <message>
        <source>Kept until {when}</source>
        <translation>Se conserva hasta {when}</translation>
    </message>
    <message>
        <source>Kept until somebody destroys it</source>
        <translation>Se conserva hasta que alguien la destruya</translation>
    </message>
</context>
<context>
    <name>Activity</name>
    <message>
        <source>The session has ended</source>
        <translation>La sesión ha terminado</translation>
    </message>
    <message>
        <source>Ending: what is left to say is said</source>
        <translation>Terminando: se dice lo que queda por decir</translation>
    </message>
    <message>
        <source>Paused: nothing is listened to</source>
        <translation>En pausa: no se escucha nada</translation>
    </message>
    <message>
        <source>Waits for the talk button</source>
        <translation>Espera el botón de hablar</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Escuchando</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>Habla el médico</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>Habla el paciente</translation>
    </message>
    <message>
        <source>Somebody speaks</source>
        <translation>Alguien habla</translation>
    </message>
    <message>
        <source>The voice speaks to the doctor</source>
        <translation>La voz le habla al médico</translation>
    </message>
    <message>
        <source>The voice speaks to the patient</source>
        <translation>La voz le habla al paciente</translation>
    </message>
    <message>
        <source>understanding</source>
        <translation>entendiendo</translation>
    </message>
    <message>
        <source>words while somebody speaks</source>
        <translation>palabras mientras alguien habla</translation>
    </message>
    <message>
        <source>translation</source>
        <translation>traducción</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>comprobando</translation>
    </message>
    <message>
        <source>who speaks</source>
        <translation>quién habla</translation>
    </message>
    <message>
        <source>the voice</source>
        <translation>la voz</translation>
    </message>
    <message>
        <source>hearing</source>
        <translation>escucha</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>grabando</translation>
    </message>
</context>
<context>
    <name>Advice</name>
    <message>
        <source>Advice</source>
        <translation>Avisos</translation>
    </message>
    <message>
        <source>Nothing to warn of. What the rules find appears here.</source>
        <translation>Nada que avisar. Lo que encuentren las reglas aparece aquí.</translation>
    </message>
    <message>
        <source>By rules that no clinician has reviewed. Only you see this.</source>
        <translation>Por reglas que ningún clínico ha revisado. Solo usted ve esto.</translation>
    </message>
    <message>
        <source>Show where</source>
        <translation>Mostrar dónde</translation>
    </message>
    <message>
        <source>Worth asking: {complaint}</source>
        <translation>Conviene preguntar: {complaint}</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>{n} más</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>The settings could not be read, so everything is as at first.</source>
        <translation>No se pudo leer la configuración, así que todo está como al principio.</translation>
    </message>
    <message>
        <source>The old file is kept as {name}: {why}</source>
        <translation>El archivo anterior se conserva como {name}: {why}</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Put away</source>
        <translation>Descartar</translation>
    </message>
</context>
<context>
    <name>BrokenPage</name>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>Back to Home</source>
        <translation>Volver a Inicio</translation>
    </message>
    <message>
        <source>Open Models</source>
        <translation>Abrir Modelos</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Sound check</source>
        <translation>Prueba de sonido</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Probar de nuevo</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Abandonar</translation>
    </message>
    <message>
        <source>Now say a few words</source>
        <translation>Ahora diga unas palabras</translation>
    </message>
    <message>
        <source>Please be quiet for a moment</source>
        <translation>Por favor, silencio un momento</translation>
    </message>
    <message>
        <source>Microphone: {name}</source>
        <translation>Micrófono: {name}</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>Go on all the same</source>
        <translation>Seguir de todos modos</translation>
    </message>
</context>
<context>
    <name>ConsentPage</name>
    <message>
        <source>Do both agree?</source>
        <translation>¿Están de acuerdo los dos?</translation>
    </message>
    <message>
        <source>Nothing is recorded yet.</source>
        <translation>Todavía no se graba nada.</translation>
    </message>
    <message>
        <source>Both agree</source>
        <translation>Los dos están de acuerdo</translation>
    </message>
    <message>
        <source>Somebody declines</source>
        <translation>Alguien se niega</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>Médico</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>These texts: {status}</source>
        <translation>Estos textos: {status}</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>Dejar de leer</translation>
    </message>
    <message>
        <source>Read it out again</source>
        <translation>Leerlo en voz alta otra vez</translation>
    </message>
    <message>
        <source>not reviewed by a lawyer or a professional translator</source>
        <translation>no revisados por un abogado ni por un traductor profesional</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>Controls</source>
        <translation>Mandos</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Terminar</translation>
    </message>
    <message>
        <source>Human interpreter</source>
        <translation>Intérprete humano</translation>
    </message>
    <message>
        <source>Call a human interpreter, with the reason</source>
        <translation>Llamar a un intérprete humano, con el motivo</translation>
    </message>
    <message>
        <source>Listen again</source>
        <translation>Escuchar de nuevo</translation>
    </message>
    <message>
        <source>Nothing is listened to until you go on</source>
        <translation>No se escucha nada hasta que usted siga</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Repetir</translation>
    </message>
    <message>
        <source>Say the last translation again</source>
        <translation>Decir otra vez la última traducción</translation>
    </message>
    <message>
        <source>Stop the voice</source>
        <translation>Callar la voz</translation>
    </message>
    <message>
        <source>The voice is silent at once</source>
        <translation>La voz calla de inmediato</translation>
    </message>
    <message>
        <source>Was the doctor</source>
        <translation>Era el médico</translation>
    </message>
    <message>
        <source>Whoever spoke last was the doctor</source>
        <translation>El último que habló era el médico</translation>
    </message>
    <message>
        <source>Was the patient</source>
        <translation>Era el paciente</translation>
    </message>
    <message>
        <source>Whoever spoke last was the patient</source>
        <translation>El último que habló era el paciente</translation>
    </message>
    <message>
        <source>Phrases</source>
        <translation>Frases</translation>
    </message>
    <message>
        <source>Find a reviewed phrase</source>
        <translation>Buscar una frase revisada</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Escribir</translation>
    </message>
    <message>
        <source>Type what the doctor says</source>
        <translation>Escribir lo que dice el médico</translation>
    </message>
    <message>
        <source>Teach-back</source>
        <translation>Repetición del paciente</translation>
    </message>
    <message>
        <source>Have the last instruction repeated</source>
        <translation>Hacer repetir la última instrucción</translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>Held: the translation may not say what was said</source>
        <translation>Retenida: la traducción puede no decir lo que se dijo</translation>
    </message>
    <message>
        <source>Translated back, it says</source>
        <translation>Traducida de vuelta, dice</translation>
    </message>
    <message>
        <source>Say it as it is</source>
        <translation>Decirla como está</translation>
    </message>
    <message>
        <source>Rephrase</source>
        <translation>Reformular</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>Omitirla</translation>
    </message>
    <message>
        <source>{question}: the answer was not clear</source>
        <translation>{question}: la respuesta no fue clara</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sí</translation>
    </message>
    <message>
        <source>No, say it again</source>
        <translation>No, decirlo otra vez</translation>
    </message>
    <message>
        <source>Read back to the patient</source>
        <translation>Leído de vuelta al paciente</translation>
    </message>
    <message>
        <source>Read back to the doctor</source>
        <translation>Leído de vuelta al médico</translation>
    </message>
    <message>
        <source>The patient is asked to say it in their own words</source>
        <translation>Se pide al paciente que lo diga con sus propias palabras</translation>
    </message>
    <message>
        <source>Asked of the patient</source>
        <translation>Preguntado al paciente</translation>
    </message>
    <message>
        <source>Asked of the doctor</source>
        <translation>Preguntado al médico</translation>
    </message>
</context>
<context>
    <name>DevicesForm</name>
    <message>
        <source>the doctor&apos;s microphone</source>
        <translation>el micrófono del médico</translation>
    </message>
    <message>
        <source>the patient&apos;s microphone</source>
        <translation>el micrófono del paciente</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Mirar de nuevo</translation>
    </message>
    <message>
        <source>Who speaks into what</source>
        <translation>Quién habla en qué micrófono</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Micrófono</translation>
    </message>
    <message>
        <source>The patient&apos;s microphone</source>
        <translation>El micrófono del paciente</translation>
    </message>
    <message>
        <source>Loudspeaker</source>
        <translation>Altavoz</translation>
    </message>
    <message>
        <source>One microphone for both</source>
        <translation>Un micrófono para los dos</translation>
    </message>
    <message>
        <source>A microphone each</source>
        <translation>Un micrófono para cada uno</translation>
    </message>
    <message>
        <source>One device: doctor left, patient right</source>
        <translation>Un aparato: médico a la izquierda, paciente a la derecha</translation>
    </message>
    <message>
        <source>The system&apos;s: {name}</source>
        <translation>El del sistema: {name}</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>El del sistema</translation>
    </message>
    <message>
        <source>This machine has no microphone.</source>
        <translation>Esta máquina no tiene micrófono.</translation>
    </message>
    <message>
        <source>Plug one in, then look again.</source>
        <translation>Conecte uno y mire de nuevo.</translation>
    </message>
    <message>
        <source>{name} is not plugged in.</source>
        <translation>{name} no está conectado.</translation>
    </message>
    <message>
        <source>Plug it in and look again, or choose another one.</source>
        <translation>Conéctelo y mire de nuevo, o elija otro.</translation>
    </message>
    <message>
        <source>Nothing can be heard of this microphone.</source>
        <translation>No se oye nada de este micrófono.</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Choose files …</source>
        <translation>Elegir archivos …</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Grabaciones</translation>
    </message>
</context>
<context>
    <name>EndedPage</name>
    <message>
        <source>The visit is over</source>
        <translation>La consulta ha terminado</translation>
    </message>
    <message>
        <source>Review it</source>
        <translation>Revisarla</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>Nueva consulta</translation>
    </message>
    <message>
        <source>It is kept, encrypted, as session {session}.</source>
        <translation>Se conserva, cifrada, como sesión {session}.</translation>
    </message>
    <message>
        <source>The visit has ended and is kept.</source>
        <translation>La consulta ha terminado y se conserva.</translation>
    </message>
    <message>
        <source>The session says so, and no more.</source>
        <translation>La sesión lo dice, y nada más.</translation>
    </message>
    <message>
        <source>Consent was refused: nothing was recorded.</source>
        <translation>Se negó el consentimiento: no se grabó nada.</translation>
    </message>
    <message>
        <source>The visit did not begin. Nothing was recorded.</source>
        <translation>La consulta no empezó. No se grabó nada.</translation>
    </message>
    <message>
        <source>The visit was ended at once.</source>
        <translation>La consulta se terminó de inmediato.</translation>
    </message>
    <message>
        <source>The visit ended because something failed.</source>
        <translation>La consulta terminó porque algo falló.</translation>
    </message>
    <message>
        <source>In figures</source>
        <translation>En cifras</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Duración</translation>
    </message>
    <message>
        <source>Lines of the doctor</source>
        <translation>Intervenciones del médico</translation>
    </message>
    <message>
        <source>Lines of the patient</source>
        <translation>Intervenciones del paciente</translation>
    </message>
    <message>
        <source>Translated</source>
        <translation>Traducidas</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Retenidas</translation>
    </message>
    <message>
        <source>Asked back</source>
        <translation>Preguntadas de vuelta</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fallidas</translation>
    </message>
    <message>
        <source>From the end of speech to the voice</source>
        <translation>Del final del habla a la voz</translation>
    </message>
</context>
<context>
    <name>Expectation</name>
    <message>
        <source>What can be expected</source>
        <translation>Qué cabe esperar</translation>
    </message>
    <message>
        <source>Looking up what was measured for this pair …</source>
        <translation>Buscando lo que se midió para este par …</translation>
    </message>
    <message>
        <source>not translated</source>
        <translation>no se traduce</translation>
    </message>
    <message>
        <source>translated</source>
        <translation>se traduce</translation>
    </message>
    <message>
        <source>draft translation</source>
        <translation>traducción provisional</translation>
    </message>
    <message>
        <source>shown only</source>
        <translation>solo se muestra</translation>
    </message>
    <message>
        <source>spoken</source>
        <translation>se dice en voz alta</translation>
    </message>
    <message>
        <source>spoken, plain voice</source>
        <translation>se dice, voz sencilla</translation>
    </message>
    <message>
        <source>{name}: {value} of 100 words misheard (recordings: {n})</source>
        <translation>{name}: {value} de 100 palabras mal oídas (grabaciones: {n})</translation>
    </message>
    <message>
        <source>{name}: how well it is heard was not measured</source>
        <translation>{name}: no se midió lo bien que se oye</translation>
    </message>
    <message>
        <source>translation {value} of 100 like a person&apos;s (chrF2, sentences: {n})</source>
        <translation>traducción {value} de 100 como la de una persona (chrF2, frases: {n})</translation>
    </message>
    <message>
        <source>translation not measured</source>
        <translation>traducción no medida</translation>
    </message>
    <message>
        <source>the voice begins after {value} s (sentences: {n})</source>
        <translation>la voz empieza tras {value} s (frases: {n})</translation>
    </message>
    <message>
        <source>time to the voice not measured</source>
        <translation>tiempo hasta la voz no medido</translation>
    </message>
    <message>
        <source>{text}: too few to rely on</source>
        <translation>{text}: demasiado pocas para fiarse</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Write documents</source>
        <translation>Escribir documentos</translation>
    </message>
    <message>
        <source>The recording as well (FLAC)</source>
        <translation>También la grabación (FLAC)</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>A new folder, which is made</source>
        <translation>Una carpeta nueva, que se crea</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Escribir</translation>
    </message>
    <message>
        <source>PDF, to print</source>
        <translation>PDF, para imprimir</translation>
    </message>
    <message>
        <source>Word document (DOCX)</source>
        <translation>Documento de Word (DOCX)</translation>
    </message>
    <message>
        <source>Text (Markdown)</source>
        <translation>Texto (Markdown)</translation>
    </message>
    <message>
        <source>Data (JSON)</source>
        <translation>Datos (JSON)</translation>
    </message>
    <message>
        <source>Subtitles (SRT)</source>
        <translation>Subtítulos (SRT)</translation>
    </message>
    <message>
        <source>Subtitles for the web (VTT)</source>
        <translation>Subtítulos para la web (VTT)</translation>
    </message>
    <message>
        <source>Who spoke when (RTTM)</source>
        <translation>Quién habló cuándo (RTTM)</translation>
    </message>
    <message>
        <source>A page to listen to and read along (HTML)</source>
        <translation>Una página para escuchar y leer a la vez (HTML)</translation>
    </message>
    <message>
        <source>An extractive draft of the note</source>
        <translation>Un borrador extractivo de la nota</translation>
    </message>
    <message>
        <source>FHIR documents (R4 and R5)</source>
        <translation>Documentos FHIR (R4 y R5)</translation>
    </message>
    <message>
        <source>De-identified transcript: a person must check it</source>
        <translation>Transcripción desidentificada: una persona debe comprobarla</translation>
    </message>
    <message>
        <source>What is written can be read by everybody who can open the folder.</source>
        <translation>Lo que se escribe puede leerlo cualquiera que pueda abrir la carpeta.</translation>
    </message>
    <message>
        <source>In the app the session is encrypted; documents are not.</source>
        <translation>En la aplicación la sesión está cifrada; los documentos no.</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Elegir …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>In which folder?</source>
        <translation>¿En qué carpeta?</translation>
    </message>
</context>
<context>
    <name>Failures</name>
    <message>
        <source>The part of the app that did this ended unexpectedly.</source>
        <translation>La parte de la aplicación que hacía esto terminó inesperadamente.</translation>
    </message>
    <message>
        <source>Nothing that was kept is lost. Try again: it is started anew.</source>
        <translation>No se pierde nada de lo guardado. Inténtelo de nuevo: se vuelve a iniciar.</translation>
    </message>
    <message>
        <source>Something went wrong that should not have.</source>
        <translation>Algo salió mal que no debería.</translation>
    </message>
    <message>
        <source>Nothing that was kept is lost. If it happens again, report it with the log.</source>
        <translation>No se pierde nada de lo guardado. Si vuelve a ocurrir, comuníquelo con el registro.</translation>
    </message>
    <message>
        <source>The stored visits cannot be opened: their key was not given.</source>
        <translation>Las consultas guardadas no se pueden abrir: no se dio su clave.</translation>
    </message>
    <message>
        <source>Try again and type the passphrase, or log in as the user who made them.</source>
        <translation>Inténtelo de nuevo y escriba la frase de contraseña, o entre como el usuario que las hizo.</translation>
    </message>
    <message>
        <source>Another program is at this session.</source>
        <translation>Otro programa está usando esta sesión.</translation>
    </message>
    <message>
        <source>End it there first, then try again.</source>
        <translation>Termínela allí primero e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>What must be kept cannot be kept on this disk.</source>
        <translation>Lo que hay que guardar no se puede guardar en este disco.</translation>
    </message>
    <message>
        <source>A model is missing.</source>
        <translation>Falta un modelo.</translation>
    </message>
    <message>
        <source>Open Models and fetch it.</source>
        <translation>Abra Modelos y descárguelo.</translation>
    </message>
    <message>
        <source>A model&apos;s files are damaged.</source>
        <translation>Los archivos de un modelo están dañados.</translation>
    </message>
    <message>
        <source>Open Models and fetch it again.</source>
        <translation>Abra Modelos y descárguelo de nuevo.</translation>
    </message>
    <message>
        <source>The model could not be fetched from where it lies.</source>
        <translation>No se pudo descargar el modelo desde donde está.</translation>
    </message>
    <message>
        <source>Check the connection and try again: what has arrived is kept.</source>
        <translation>Compruebe la conexión e inténtelo de nuevo: lo que llegó se conserva.</translation>
    </message>
    <message>
        <source>Something that this needs is not on this machine.</source>
        <translation>Algo que esto necesita no está en esta máquina.</translation>
    </message>
    <message>
        <source>This profile does not serve these languages.</source>
        <translation>Este perfil no sirve para estas lenguas.</translation>
    </message>
    <message>
        <source>Choose another profile, or other languages.</source>
        <translation>Elija otro perfil u otras lenguas.</translation>
    </message>
</context>
<context>
    <name>FindingsPanel</name>
    <message>
        <source>Findings</source>
        <translation>Hallazgos</translation>
    </message>
    <message>
        <source>Findings of the guard</source>
        <translation>Hallazgos del guardián</translation>
    </message>
    <message>
        <source>Enter shows the line</source>
        <translation>Intro muestra la línea</translation>
    </message>
    <message>
        <source>Nothing was found</source>
        <translation>No se encontró nada</translation>
    </message>
    <message>
        <source>Numbers, doses, negations and the like are the same on both sides, as far as the guard can tell.</source>
        <translation>Números, dosis, negaciones y similares son iguales en ambos lados, hasta donde alcanza el guardián.</translation>
    </message>
    <message>
        <source>What may differ between what was said and its translation</source>
        <translation>Lo que puede diferir entre lo dicho y su traducción</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Perdido</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Cambiado</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Añadido</translation>
    </message>
</context>
<context>
    <name>Folded</name>
    <message>
        <source>unfolded</source>
        <translation>desplegado</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>plegado</translation>
    </message>
</context>
<context>
    <name>Hints</name>
    <message>
        <source>No phrase says this.</source>
        <translation>Ninguna frase dice esto.</translation>
    </message>
    <message>
        <source>Nothing waits for an answer.</source>
        <translation>Nada espera respuesta.</translation>
    </message>
    <message>
        <source>There is nothing to repeat yet.</source>
        <translation>Todavía no hay nada que repetir.</translation>
    </message>
    <message>
        <source>The doctor has said nothing yet.</source>
        <translation>El médico no ha dicho nada todavía.</translation>
    </message>
    <message>
        <source>Nobody has said anything yet.</source>
        <translation>Nadie ha dicho nada todavía.</translation>
    </message>
    <message>
        <source>It is held: say it as it is, or leave it out.</source>
        <translation>Está retenida: dígala como está u omítala.</translation>
    </message>
    <message>
        <source>This one has a gap to be filled.</source>
        <translation>Esta tiene un hueco por rellenar.</translation>
    </message>
</context>
<context>
    <name>HomeView</name>
    <message>
        <source>Start a visit, go on with one, or look at what was said.</source>
        <translation>Empiece una consulta, siga con una o mire lo que se dijo.</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>Transcribe recordings</source>
        <translation>Transcribir grabaciones</translation>
    </message>
    <message>
        <source>Drop recordings here</source>
        <translation>Suelte grabaciones aquí</translation>
    </message>
    <message>
        <source>They become transcripts in both languages, with speakers.</source>
        <translation>Se convierten en transcripciones en ambas lenguas, con los hablantes.</translation>
    </message>
    <message>
        <source>Keep in mind</source>
        <translation>Tenga presente</translation>
    </message>
    <message>
        <source>VoiceDoc is no qualified interpreter and no medical device. Machine translation makes errors that matter: have a person at hand who can check.</source>
        <translation>VoiceDoc no es un intérprete cualificado ni un producto sanitario. La traducción automática comete errores que importan: tenga cerca a una persona que pueda comprobarlo.</translation>
    </message>
    <message>
        <source>Show the introduction</source>
        <translation>Mostrar la introducción</translation>
    </message>
</context>
<context>
    <name>HomeViewModel</name>
    <message>
        <source>The visit was ended; what was said is kept.</source>
        <translation>La consulta se terminó; lo dicho se conserva.</translation>
    </message>
</context>
<context>
    <name>HotKeys</name>
    <message>
        <source>Keys during a visit</source>
        <translation>Teclas durante una consulta</translation>
    </message>
    <message>
        <source>All as at first</source>
        <translation>Todas como al principio</translation>
    </message>
    <message>
        <source>Digits choose phrases that are offered; these stay as they are.</source>
        <translation>Las cifras eligen frases que se ofrecen; esas quedan como están.</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>Cambiar teclas</translation>
    </message>
    <message>
        <source>Press the key that you want.</source>
        <translation>Pulse la tecla que desea.</translation>
    </message>
    <message>
        <source>The key {key} cannot be had: {taken}.</source>
        <translation>La tecla {key} no está libre: {taken}.</translation>
    </message>
    <message>
        <source>it always means the same</source>
        <translation>siempre significa lo mismo</translation>
    </message>
    <message>
        <source>a key of a visit is pressed alone</source>
        <translation>una tecla de la visita se pulsa sola</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Elija otra.</translation>
    </message>
    <message>
        <source>Press to talk, press again to let go</source>
        <translation>Pulsar para hablar, pulsar otra vez para soltar</translation>
    </message>
    <message>
        <source>Talk: the doctor</source>
        <translation>Hablar: el médico</translation>
    </message>
    <message>
        <source>Talk: the patient</source>
        <translation>Hablar: el paciente</translation>
    </message>
    <message>
        <source>That was the doctor</source>
        <translation>Ese era el médico</translation>
    </message>
    <message>
        <source>That was the patient</source>
        <translation>Ese era el paciente</translation>
    </message>
    <message>
        <source>Yes, to what is asked back</source>
        <translation>Sí, a lo que se pregunta de vuelta</translation>
    </message>
    <message>
        <source>No, to what is asked back</source>
        <translation>No, a lo que se pregunta de vuelta</translation>
    </message>
    <message>
        <source>Say a held translation as it is</source>
        <translation>Decir una traducción retenida como está</translation>
    </message>
    <message>
        <source>Leave a held translation out</source>
        <translation>Omitir una traducción retenida</translation>
    </message>
    <message>
        <source>Say the last translation again</source>
        <translation>Decir otra vez la última traducción</translation>
    </message>
    <message>
        <source>The voice is silent at once</source>
        <translation>La voz calla de inmediato</translation>
    </message>
    <message>
        <source>Find a reviewed phrase</source>
        <translation>Buscar una frase revisada</translation>
    </message>
    <message>
        <source>Type what the doctor says</source>
        <translation>Escribir lo que dice el médico</translation>
    </message>
    <message>
        <source>Have the patient repeat the last instruction</source>
        <translation>Hacer que el paciente repita la última instrucción</translation>
    </message>
    <message>
        <source>Call a human interpreter</source>
        <translation>Llamar a un intérprete humano</translation>
    </message>
    <message>
        <source>Listen no more; listen again</source>
        <translation>No escuchar más; escuchar de nuevo</translation>
    </message>
    <message>
        <source>The note so far</source>
        <translation>La nota hasta ahora</translation>
    </message>
    <message>
        <source>End the visit</source>
        <translation>Terminar la consulta</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>How visits are kept</source>
        <translation>Cómo se guardan las consultas</translation>
    </message>
    <message>
        <source>The visits are put under the new key</source>
        <translation>Las consultas pasan a la nueva clave</translation>
    </message>
    <message>
        <source>Use a passphrase …</source>
        <translation>Usar una frase de contraseña …</translation>
    </message>
    <message>
        <source>Use the computer&apos;s keyring</source>
        <translation>Usar el llavero del ordenador</translation>
    </message>
    <message>
        <source>Destroy them now</source>
        <translation>Destruirlas ahora</translation>
    </message>
    <message>
        <source>Holds for visits to come. Those over their time are destroyed when the next one begins.</source>
        <translation>Vale para las próximas consultas. Las que han cumplido su plazo se destruyen al empezar la siguiente.</translation>
    </message>
    <message>
        <source>Destroy a visit</source>
        <translation>Destruir una consulta</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Cifrado</translation>
    </message>
    <message>
        <source>looking …</source>
        <translation>mirando …</translation>
    </message>
    <message>
        <source>encrypted, key in the computer&apos;s keyring</source>
        <translation>cifradas, clave en el llavero del ordenador</translation>
    </message>
    <message>
        <source>encrypted, key made of a passphrase</source>
        <translation>cifradas, clave hecha de una frase de contraseña</translation>
    </message>
    <message>
        <source>the first visit makes the key</source>
        <translation>la primera consulta crea la clave</translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) in {folder}</source>
        <translation>
            <numerusform>%n consulta en {folder}</numerusform>
            <numerusform>%n consultas en {folder}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) are over their time.</source>
        <translation>
            <numerusform>%n consulta ha cumplido su plazo.</numerusform>
            <numerusform>%n consultas han cumplido su plazo.</numerusform>
        </translation>
    </message>
    <message>
        <source>when the next one begins</source>
        <translation>cuando empiece la siguiente</translation>
    </message>
    <message>
        <source>after a day</source>
        <translation>al cabo de un día</translation>
    </message>
    <message>
        <source>after {n} days</source>
        <translation>al cabo de {n} días</translation>
    </message>
    <message>
        <source>never; somebody does it</source>
        <translation>nunca; lo hace alguien</translation>
    </message>
    <message>
        <source>Destroy these visits?</source>
        <translation>¿Destruir estas consultas?</translation>
    </message>
    <message>
        <source>What was said in them, their sound and their notes can never be read again.</source>
        <translation>Lo que se dijo en ellas, su sonido y sus notas nunca podrán leerse de nuevo.</translation>
    </message>
    <message>
        <source>Destroy them</source>
        <translation>Destruirlas</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Conservarlas</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>Arabic</source>
        <translation>árabe</translation>
    </message>
    <message>
        <source>German</source>
        <translation>alemán</translation>
    </message>
    <message>
        <source>English</source>
        <translation>inglés</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>español</translation>
    </message>
    <message>
        <source>French</source>
        <translation>francés</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>hindi</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>italiano</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>japonés</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>portugués</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>ruso</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>chino</translation>
    </message>
</context>
<context>
    <name>Level</name>
    <message>
        <source>Emergency</source>
        <translation>Emergencia</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Urgente</translation>
    </message>
    <message>
        <source>Soon</source>
        <translation>Pronto</translation>
    </message>
    <message>
        <source>Major</source>
        <translation>Grave</translation>
    </message>
    <message>
        <source>Moderate</source>
        <translation>Moderada</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Level of {name}</source>
        <translation>Nivel de {name}</translation>
    </message>
    <message>
        <source>not listening</source>
        <translation>no escucha</translation>
    </message>
    <message>
        <source>silence</source>
        <translation>silencio</translation>
    </message>
    <message>
        <source>too loud</source>
        <translation>demasiado alto</translation>
    </message>
    <message>
        <source>loud</source>
        <translation>alto</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>se oye</translation>
    </message>
</context>
<context>
    <name>LimitsStep</name>
    <message>
        <source>It is no qualified interpreter and no medical device.</source>
        <translation>No es un intérprete cualificado ni un producto sanitario.</translation>
    </message>
    <message>
        <source>Machine translation makes errors that matter. Have a person at hand who can check.</source>
        <translation>La traducción automática comete errores que importan. Tenga cerca a una persona que pueda comprobarlo.</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Qué hace</translation>
    </message>
    <message>
        <source>It listens to a doctor and a patient, writes down what each says, translates and speaks it.</source>
        <translation>Escucha a un médico y a un paciente, escribe lo que dice cada uno, lo traduce y lo dice en voz alta.</translation>
    </message>
    <message>
        <source>It holds a translation that changed a dose, a drug, a side or a “not”, and asks you.</source>
        <translation>Retiene una traducción que cambió una dosis, un medicamento, un lado o un «no», y le pregunta.</translation>
    </message>
    <message>
        <source>It keeps everything encrypted on this machine. Nothing leaves it.</source>
        <translation>Lo guarda todo cifrado en esta máquina. Nada sale de ella.</translation>
    </message>
    <message>
        <source>It warns, and drafts notes; a person decides, and signs.</source>
        <translation>Avisa y redacta borradores de notas; una persona decide y firma.</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Lenguas</translation>
    </message>
    <message>
        <source>Language of the app</source>
        <translation>Lengua de la aplicación</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>Habla el médico</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>Habla el paciente</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Back to it</source>
        <translation>Volver a ella</translation>
    </message>
    <message>
        <source>Leave this place?</source>
        <translation>¿Salir de aquí?</translation>
    </message>
    <message>
        <source>{what}. It goes on meanwhile, and a bar above leads back to it.</source>
        <translation>{what}. Sigue mientras tanto, y una barra arriba lleva de vuelta.</translation>
    </message>
    <message>
        <source>Look elsewhere</source>
        <translation>Mirar otra cosa</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Quedarse</translation>
    </message>
    <message>
        <source>The part of the app that interprets ended unexpectedly.</source>
        <translation>La parte de la aplicación que interpreta terminó inesperadamente.</translation>
    </message>
    <message>
        <source>What was said is kept: a visit that had begun can be continued on the Visit screen.</source>
        <translation>Lo que se dijo está guardado: una consulta que ya había empezado puede continuarse en la pantalla Consulta.</translation>
    </message>
    <message>
        <source>The part of the app that works in the background ended unexpectedly.</source>
        <translation>La parte de la aplicación que trabaja en segundo plano terminó inesperadamente.</translation>
    </message>
    <message>
        <source>Nothing that was kept is lost. It is started again when it is needed.</source>
        <translation>No se pierde nada de lo guardado. Se inicia de nuevo cuando haga falta.</translation>
    </message>
    <message>
        <source>The settings cannot be written: {why}</source>
        <translation>No se puede escribir la configuración: {why}</translation>
    </message>
    <message>
        <source>They hold until the app closes.</source>
        <translation>Vale hasta que se cierre la aplicación.</translation>
    </message>
    <message>
        <source>Close VoiceDoc?</source>
        <translation>¿Cerrar VoiceDoc?</translation>
    </message>
    <message>
        <source>{what}. Closing ends it; what was said is kept.</source>
        <translation>{what}. Cerrar la termina; lo dicho se conserva.</translation>
    </message>
    <message>
        <source>End it and close</source>
        <translation>Terminarla y cerrar</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>The licence of these weights is not settled. You may use them if you accept that:</source>
        <translation>La licencia de estos pesos no está aclarada. Puede usarlos si acepta esto:</translation>
    </message>
    <message>
        <source>Accept this licence?</source>
        <translation>¿Aceptar esta licencia?</translation>
    </message>
    <message>
        <source>Accept and fetch</source>
        <translation>Aceptar y descargar</translation>
    </message>
    <message>
        <source>Do not fetch</source>
        <translation>No descargar</translation>
    </message>
    <message>
        <source>Progress of {name}</source>
        <translation>Progreso de {name}</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Descargar</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Verificar</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <source>Fetch again</source>
        <translation>Descargar de nuevo</translation>
    </message>
    <message>
        <source>waiting for the one before</source>
        <translation>espera al anterior</translation>
    </message>
    <message>
        <source>computing every hash anew …</source>
        <translation>calculando de nuevo todos los hashes …</translation>
    </message>
    <message>
        <source>being removed …</source>
        <translation>quitándose …</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
    <message>
        <source>beginning …</source>
        <translation>empezando …</translation>
    </message>
    <message>
        <source>comes with a library</source>
        <translation>viene con una biblioteca</translation>
    </message>
    <message>
        <source>there</source>
        <translation>está</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>no está</translation>
    </message>
    <message>
        <source>an older one</source>
        <translation>uno más antiguo</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>dañado</translation>
    </message>
    <message>
        <source>Licence: {licence}</source>
        <translation>Licencia: {licence}</translation>
    </message>
    <message>
        <source>to be accepted once</source>
        <translation>por aceptar una vez</translation>
    </message>
    <message>
        <source>Languages: {tags}</source>
        <translation>Lenguas: {tags}</translation>
    </message>
    <message>
        <source>Profiles: {names}</source>
        <translation>Perfiles: {names}</translation>
    </message>
    <message>
        <source>{n} files</source>
        <translation>{n} archivos</translation>
    </message>
    <message>
        <source>Measured: {figures}</source>
        <translation>Medido: {figures}</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>no medido</translation>
    </message>
    <message>
        <source>Part of the library {name}: it comes and goes with that.</source>
        <translation>Parte de la biblioteca {name}: viene y va con ella.</translation>
    </message>
    <message>
        <source>It can be fetched again.</source>
        <translation>Se puede descargar de nuevo.</translation>
    </message>
    <message>
        <source>These profiles need it: {names}.</source>
        <translation>Estos perfiles lo necesitan: {names}.</translation>
    </message>
    <message>
        <source>Remove {name}?</source>
        <translation>¿Quitar {name}?</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
</context>
<context>
    <name>ModelLine</name>
    <message>
        <source>Progress of {name}</source>
        <translation>Progreso de {name}</translation>
    </message>
    <message>
        <source>Its licence is not settled ({licence}). I accept that.</source>
        <translation>Su licencia no está aclarada ({licence}). Lo acepto.</translation>
    </message>
    <message>
        <source>Accept the licence of {name}</source>
        <translation>Aceptar la licencia de {name}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>verificado</translation>
    </message>
    <message>
        <source>fetching</source>
        <translation>descargando</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>falló</translation>
    </message>
    <message>
        <source>part of a package</source>
        <translation>parte de un paquete</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en espera</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>falta</translation>
    </message>
</context>
<context>
    <name>ModelsStep</name>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>They understand, translate and speak. They are fetched once, checked against their known hashes, and work on this machine. This is the only time that VoiceDoc connects to anything.</source>
        <translation>Entienden, traducen y hablan. Se descargan una vez, se comprueban con sus hashes conocidos y trabajan en esta máquina. Es la única vez que VoiceDoc se conecta a algo.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>Fetch {size}</source>
        <translation>Descargar {size}</translation>
    </message>
    <message>
        <source>Looking which models are there …</source>
        <translation>Mirando qué modelos hay …</translation>
    </message>
    <message>
        <source>The profile {name} does not interpret between these two languages.</source>
        <translation>El perfil {name} no interpreta entre estas dos lenguas.</translation>
    </message>
    <message>
        <source>All models for these two languages are there and verified.</source>
        <translation>Todos los modelos para estas dos lenguas están y están verificados.</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) are missing: {size} to download.</source>
        <translation>
            <numerusform>Falta %n modelo: {size} por descargar.</numerusform>
            <numerusform>Faltan %n modelos: {size} por descargar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Some have no settled licence; read it, and accept it where you may.</source>
        <translation>Algunos no tienen la licencia aclarada; léala y acéptela donde pueda.</translation>
    </message>
</context>
<context>
    <name>ModelsView</name>
    <message>
        <source>Hears where somebody speaks</source>
        <translation>Oye dónde alguien habla</translation>
    </message>
    <message>
        <source>Understands speech</source>
        <translation>Entiende el habla</translation>
    </message>
    <message>
        <source>Tells voices apart</source>
        <translation>Distingue voces</translation>
    </message>
    <message>
        <source>Translates</source>
        <translation>Traduce</translation>
    </message>
    <message>
        <source>Speaks</source>
        <translation>Habla</translation>
    </message>
    <message>
        <source>Compares meanings</source>
        <translation>Compara significados</translation>
    </message>
    <message>
        <source>Words questions and notes</source>
        <translation>Formula preguntas y notas</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Conocimiento</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Otros</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>They run on this computer. Only fetching them connects to anything.</source>
        <translation>Funcionan en este ordenador. Solo descargarlos se conecta a algo.</translation>
    </message>
    <message>
        <source>Models of which profile</source>
        <translation>Modelos de qué perfil</translation>
    </message>
    <message>
        <source>Fetch all of them</source>
        <translation>Descargarlos todos</translation>
    </message>
    <message>
        <source>Looking which models there are …</source>
        <translation>Mirando qué modelos hay …</translation>
    </message>
    <message>
        <source>No models</source>
        <translation>Ningún modelo</translation>
    </message>
    <message>
        <source>This profile needs none that are known here.</source>
        <translation>Este perfil no necesita ninguno de los conocidos aquí.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Mirar de nuevo</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>Todos los modelos</translation>
    </message>
    <message>
        <source>Profile {name}</source>
        <translation>Perfil {name}</translation>
    </message>
    <message>
        <source>Profile {name} lacks {n} models, {size}</source>
        <translation>Al perfil {name} le faltan {n} modelos, {size}</translation>
    </message>
</context>
<context>
    <name>ModelsViewModel</name>
    <message>
        <source>Models are being fetched</source>
        <translation>Se están descargando modelos</translation>
    </message>
    <message>
        <source>Fetched and verified, {size}.</source>
        <translation>Descargado y verificado, {size}.</translation>
    </message>
    <message>
        <source>{name} is there and verified.</source>
        <translation>{name} está y está verificado.</translation>
    </message>
    <message>
        <source>Fetch it again.</source>
        <translation>Descárguelo de nuevo.</translation>
    </message>
    <message>
        <source>Damaged: {files}</source>
        <translation>Dañado: {files}</translation>
    </message>
    <message>
        <source>{n} files are what they must be.</source>
        <translation>{n} archivos son lo que deben ser.</translation>
    </message>
    <message>
        <source>Removed; {size} are free.</source>
        <translation>Quitado; quedan libres {size}.</translation>
    </message>
    <message>
        <source>Stopped. What has arrived is kept for the next time.</source>
        <translation>Parado. Lo que llegó se conserva para la próxima vez.</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Places</source>
        <translation>Lugares</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>Plegar</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Consulta</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisión</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Grabaciones</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Configuración</translation>
    </message>
</context>
<context>
    <name>NoVisit</name>
    <message>
        <source>Set up a visit</source>
        <translation>Preparar una consulta</translation>
    </message>
    <message>
        <source>Choose the languages and devices on the first screen; the visit then goes on here.</source>
        <translation>Elija las lenguas y los aparatos en la primera pantalla; la consulta sigue aquí.</translation>
    </message>
    <message>
        <source>No visit is open</source>
        <translation>No hay ninguna consulta abierta</translation>
    </message>
</context>
<context>
    <name>NotePanel</name>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Which note</source>
        <translation>Qué nota</translation>
    </message>
    <message>
        <source>The note</source>
        <translation>La nota</translation>
    </message>
    <message>
        <source>Numbers in brackets are links to what was said</source>
        <translation>Los números entre corchetes llevan a lo que se dijo</translation>
    </message>
    <message>
        <source>Edit the note</source>
        <translation>Editar la nota</translation>
    </message>
    <message>
        <source>Each sentence begins with a dash</source>
        <translation>Cada frase empieza con un guion</translation>
    </message>
    <message>
        <source>Draft the note</source>
        <translation>Redactar un borrador de la nota</translation>
    </message>
    <message>
        <source>By rules, from what was said; every sentence says where</source>
        <translation>Por reglas, a partir de lo dicho; cada frase dice de dónde</translation>
    </message>
    <message>
        <source>Draft a summary for the patient</source>
        <translation>Redactar un resumen para el paciente</translation>
    </message>
    <message>
        <source>Draft anew</source>
        <translation>Redactar de nuevo</translation>
    </message>
    <message>
        <source>A new version; the ones before stay</source>
        <translation>Una versión nueva; las anteriores quedan</translation>
    </message>
    <message>
        <source>Draft by the model</source>
        <translation>Borrador del modelo</translation>
    </message>
    <message>
        <source>What was said goes to the dialogue model on your network; rules judge every sentence</source>
        <translation>Lo dicho va al modelo de diálogo de su red; unas reglas juzgan cada frase</translation>
    </message>
    <message>
        <source>By the model</source>
        <translation>Por el modelo</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Editar</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Your name, such as Dr Ana Silva</source>
        <translation>Su nombre, como Dra. Ana Silva</translation>
    </message>
    <message>
        <source>Who signs</source>
        <translation>Quién firma</translation>
    </message>
    <message>
        <source>The name of whoever answers for the note</source>
        <translation>El nombre de quien responde de la nota</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Firmar</translation>
    </message>
    <message>
        <source>No note yet</source>
        <translation>Todavía no hay nota</translation>
    </message>
    <message>
        <source>A draft is made of what was said, sentence by sentence. You read, edit and sign it.</source>
        <translation>Se hace un borrador de lo dicho, frase por frase. Usted lo lee, lo edita y lo firma.</translation>
    </message>
    <message>
        <source>[3, 5] are the lines that a sentence rests on. Keep the headings.</source>
        <translation>[3, 5] son las líneas en las que se apoya una frase. Conserve los títulos.</translation>
    </message>
    <message>
        <source>{title} ({language}), version {number}</source>
        <translation>{title} ({language}), versión {number}</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Borrador</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Firmada</translation>
    </message>
    <message>
        <source>Changed since signed</source>
        <translation>Cambiada desde la firma</translation>
    </message>
    <message>
        <source>By signing as {name} you say that you have read it and answer for it.</source>
        <translation>Al firmar como {name} usted dice que la ha leído y que responde de ella.</translation>
    </message>
    <message>
        <source>{n} of its sentences are marked as doubtful.</source>
        <translation>{n} de sus frases están marcadas como dudosas.</translation>
    </message>
    <message>
        <source>Sign this note?</source>
        <translation>¿Firmar esta nota?</translation>
    </message>
    <message>
        <source>I have read it: sign</source>
        <translation>La he leído: firmar</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Todavía no</translation>
    </message>
</context>
<context>
    <name>NoteSoFar</name>
    <message>
        <source>Note so far</source>
        <translation>Nota hasta ahora</translation>
    </message>
    <message>
        <source>Enter shows what a sentence rests on</source>
        <translation>Intro muestra en qué se apoya una frase</translation>
    </message>
    <message>
        <source>Nothing has been said yet that a note would hold.</source>
        <translation>Todavía no se ha dicho nada que una nota recogería.</translation>
    </message>
    <message>
        <source>A draft by rules. It is finished and signed in Review.</source>
        <translation>Un borrador por reglas. Se termina y se firma en Revisión.</translation>
    </message>
    <message>
        <source>Doubtful: look at what was said</source>
        <translation>Dudoso: mire lo que se dijo</translation>
    </message>
</context>
<context>
    <name>OpeningPage</name>
    <message>
        <source>Getting ready</source>
        <translation>Preparando</translation>
    </message>
    <message>
        <source>Loading of the models</source>
        <translation>Cargando los modelos</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Abandonar</translation>
    </message>
    <message>
        <source>Opening the devices and the store</source>
        <translation>Abriendo los aparatos y el almacén</translation>
    </message>
    <message>
        <source>{done} of {all} are loaded</source>
        <translation>{done} de {all} cargados</translation>
    </message>
    <message>
        <source>A session was over its time and has been destroyed: {session}</source>
        <translation>Una sesión había cumplido su plazo y se ha destruido: {session}</translation>
    </message>
    <message>
        <source>Loading: who speaks when</source>
        <translation>Cargando: quién habla cuándo</translation>
    </message>
    <message>
        <source>Loading: understanding speech</source>
        <translation>Cargando: comprensión del habla</translation>
    </message>
    <message>
        <source>Loading: telling voices apart</source>
        <translation>Cargando: distinción de voces</translation>
    </message>
    <message>
        <source>Loading: translation</source>
        <translation>Cargando: traducción</translation>
    </message>
    <message>
        <source>Loading: the voice</source>
        <translation>Cargando: la voz</translation>
    </message>
    <message>
        <source>Loading: reviewed phrases</source>
        <translation>Cargando: frases revisadas</translation>
    </message>
    <message>
        <source>Loading: {what}</source>
        <translation>Cargando: {what}</translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>Unlock</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Usarla</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Frase de contraseña</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>La misma otra vez</translation>
    </message>
    <message>
        <source>New passphrase for the stored visits</source>
        <translation>Nueva frase de contraseña para las consultas guardadas</translation>
    </message>
    <message>
        <source>Passphrase of the stored visits</source>
        <translation>Frase de contraseña de las consultas guardadas</translation>
    </message>
    <message>
        <source>Visits are kept encrypted. Without this passphrase nobody can read them again.</source>
        <translation>Las consultas se guardan cifradas. Sin esta frase nadie podrá volver a leerlas.</translation>
    </message>
    <message>
        <source>Visits are kept encrypted on this machine. It is asked for once, until the app closes.</source>
        <translation>Las consultas se guardan cifradas en esta máquina. Se pide una vez, hasta que se cierre la aplicación.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>Escriba la frase de contraseña.</translation>
    </message>
    <message>
        <source>Use {n} letters or more; several words are good.</source>
        <translation>Use {n} letras o más; varias palabras van bien.</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>Las dos no son iguales.</translation>
    </message>
</context>
<context>
    <name>PracticeStep</name>
    <message>
        <source>The practice is under way</source>
        <translation>La práctica está en curso</translation>
    </message>
    <message>
        <source>Listen to me</source>
        <translation>Escúcheme</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Entendido</translation>
    </message>
    <message>
        <source>Translated</source>
        <translation>Traducidas</translation>
    </message>
    <message>
        <source>Read this sentence out</source>
        <translation>Lea esta frase en voz alta</translation>
    </message>
    <message>
        <source>Nothing of it is kept.</source>
        <translation>No se guarda nada de ella.</translation>
    </message>
    <message>
        <source>Loading the models …</source>
        <translation>Cargando los modelos …</translation>
    </message>
    <message>
        <source>Read it out now. Listening for {n} seconds …</source>
        <translation>Léala ahora en voz alta. Escuchando {n} segundos …</translation>
    </message>
    <message>
        <source>Understanding …</source>
        <translation>Entendiendo …</translation>
    </message>
    <message>
        <source>The models are not there yet.</source>
        <translation>Los modelos no están todavía.</translation>
    </message>
    <message>
        <source>Go back, and fetch them.</source>
        <translation>Vuelva atrás y descárguelos.</translation>
    </message>
    <message>
        <source>Nothing was understood.</source>
        <translation>No se entendió nada.</translation>
    </message>
    <message>
        <source>Come closer, and try again.</source>
        <translation>Acérquese e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>It was not spoken.</source>
        <translation>No se dijo en voz alta.</translation>
    </message>
    <message>
        <source>That works.</source>
        <translation>Funciona.</translation>
    </message>
    <message>
        <source>Compare it with what you said.</source>
        <translation>Compárelo con lo que dijo.</translation>
    </message>
</context>
<context>
    <name>PromptPanel</name>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Why is a human interpreter called?</source>
        <translation>¿Por qué se llama a un intérprete humano?</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Llamar</translation>
    </message>
    <message>
        <source>Find a reviewed phrase: type what you want to say</source>
        <translation>Busque una frase revisada: escriba lo que quiere decir</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>The doctor says (it is translated and spoken):</source>
        <translation>El médico dice (se traduce y se dice en voz alta):</translation>
    </message>
    <message>
        <source>Say it</source>
        <translation>Decirlo</translation>
    </message>
    <message>
        <source>End the visit? What is left to say is said first.</source>
        <translation>¿Terminar la consulta? Antes se dice lo que queda por decir.</translation>
    </message>
    <message>
        <source>End the visit</source>
        <translation>Terminar la consulta</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>Seguir con ella</translation>
    </message>
    <message>
        <source>Something is to be filled in: it is put into the line to be typed</source>
        <translation>Hay algo que rellenar: pasa a la línea para escribir</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Type {word} to go on</source>
        <translation>Escriba {word} para seguir</translation>
    </message>
</context>
<context>
    <name>QueueCard</name>
    <message>
        <source>Queue</source>
        <translation>Cola</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>Try failed ones again</source>
        <translation>Reintentar las fallidas</translation>
    </message>
    <message>
        <source>Take out what is done</source>
        <translation>Sacar lo que está hecho</translation>
    </message>
    <message>
        <source>All recordings</source>
        <translation>Todas las grabaciones</translation>
    </message>
    <message>
        <source>Nothing is waiting. Drop a recording above to begin.</source>
        <translation>No hay nada en espera. Suelte una grabación arriba para empezar.</translation>
    </message>
    <message>
        <source>Looking what is there …</source>
        <translation>Mirando qué hay …</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>{done} of {all} done</source>
        <translation>{done} de {all} hechas</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pausa</translation>
    </message>
    <message>
        <source>loading models …</source>
        <translation>cargando modelos …</translation>
    </message>
    <message>
        <source>looking what is there …</source>
        <translation>mirando qué hay …</translation>
    </message>
</context>
<context>
    <name>QueueRow</name>
    <message>
        <source>Progress of {name}</source>
        <translation>Progreso de {name}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Sacar</translation>
    </message>
    <message>
        <source>Take out of the list: {name}</source>
        <translation>Sacar de la lista: {name}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pausa</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en espera</translation>
    </message>
    <message>
        <source>being transcribed</source>
        <translation>transcribiéndose</translation>
    </message>
    <message>
        <source>done</source>
        <translation>hecha</translation>
    </message>
    <message>
        <source>was done before</source>
        <translation>ya estaba hecha</translation>
    </message>
    <message>
        <source>same as another</source>
        <translation>igual que otra</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>falló</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>parada</translation>
    </message>
    <message>
        <source>{heard} of {length}</source>
        <translation>{heard} de {length}</translation>
    </message>
    <message>
        <source>{n} lines</source>
        <translation>{n} líneas</translation>
    </message>
    <message>
        <source>{n} findings</source>
        <translation>{n} hallazgos</translation>
    </message>
    <message>
        <source>{n} lines failed</source>
        <translation>{n} líneas fallidas</translation>
    </message>
</context>
<context>
    <name>RecentSessions</name>
    <message>
        <source>Recent visits</source>
        <translation>Consultas recientes</translation>
    </message>
    <message>
        <source>Looking for visits …</source>
        <translation>Buscando consultas …</translation>
    </message>
    <message>
        <source>What is said in one can be read here afterwards.</source>
        <translation>Lo que se dice en una puede leerse aquí después.</translation>
    </message>
    <message>
        <source>No visits yet</source>
        <translation>Todavía no hay consultas</translation>
    </message>
    <message>
        <source>All visits</source>
        <translation>Todas las consultas</translation>
    </message>
    <message>
        <source>A visit was cut off: {languages}</source>
        <translation>Una consulta se cortó: {languages}</translation>
    </message>
    <message>
        <source>{when}. Nothing of it is lost.</source>
        <translation>{when}. No se pierde nada de ella.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>Terminarla</translation>
    </message>
    <message>
        <source>Continue the visit of {when}</source>
        <translation>Continuar la consulta de {when}</translation>
    </message>
    <message>
        <source>Open the visit of {when}</source>
        <translation>Abrir la consulta de {when}</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>rechazada</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>interrumpida</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en curso</translation>
    </message>
    <message>
        <source>being destroyed</source>
        <translation>destruyéndose</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>guardada</translation>
    </message>
    <message>
        <source>{when} · {length} min</source>
        <translation>{when} · {length} min</translation>
    </message>
</context>
<context>
    <name>RecordingsView</name>
    <message>
        <source>Recordings</source>
        <translation>Grabaciones</translation>
    </message>
    <message>
        <source>Recorded consultations: who said what, when, in both languages. Nothing is sent.</source>
        <translation>Consultas grabadas: quién dijo qué y cuándo, en ambas lenguas. No se envía nada.</translation>
    </message>
    <message>
        <source>Drop recordings or folders here</source>
        <translation>Suelte grabaciones o carpetas aquí</translation>
    </message>
    <message>
        <source>Any common format of audio or video</source>
        <translation>Cualquier formato común de audio o vídeo</translation>
    </message>
    <message>
        <source>The next ones are transcribed as {languages}, profile {profile}. Change that below.</source>
        <translation>Las próximas se transcriben como {languages}, perfil {profile}. Cámbielo abajo.</translation>
    </message>
    <message>
        <source>Choose a language below first.</source>
        <translation>Elija primero una lengua abajo.</translation>
    </message>
    <message>
        <source>Choose a kind of document below first.</source>
        <translation>Elija primero abajo un tipo de documento.</translation>
    </message>
    <message>
        <source>Choose a folder for the results below first.</source>
        <translation>Elija primero abajo una carpeta para los resultados.</translation>
    </message>
</context>
<context>
    <name>RecordingsViewModel</name>
    <message>
        <source>{n} recordings could not be transcribed.</source>
        <translation>{n} grabaciones no se pudieron transcribir.</translation>
    </message>
    <message>
        <source>Recordings says why; they can be tried again there.</source>
        <translation>Grabaciones dice por qué; allí se puede intentar de nuevo.</translation>
    </message>
    <message>
        <source>All recordings are transcribed.</source>
        <translation>Todas las grabaciones están transcritas.</translation>
    </message>
    <message>
        <source>{n} recordings are not transcribed yet</source>
        <translation>{n} grabaciones aún no están transcritas</translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
    <message>
        <source>Review</source>
        <translation>Revisión</translation>
    </message>
    <message>
        <source>Open a folder …</source>
        <translation>Abrir una carpeta …</translation>
    </message>
    <message>
        <source>Results of recordings lie in folders</source>
        <translation>Los resultados de grabaciones están en carpetas</translation>
    </message>
    <message>
        <source>Choose a session</source>
        <translation>Elija una sesión</translation>
    </message>
    <message>
        <source>Its words, its sound and its note are shown here.</source>
        <translation>Sus palabras, su sonido y su nota se muestran aquí.</translation>
    </message>
    <message>
        <source>Opening the session …</source>
        <translation>Abriendo la sesión …</translation>
    </message>
    <message>
        <source>Open another session?</source>
        <translation>¿Abrir otra sesión?</translation>
    </message>
    <message>
        <source>{what}: it is lost then.</source>
        <translation>{what}: entonces se pierde.</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Abrirla</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Quedarse</translation>
    </message>
    <message>
        <source>Which folder of results?</source>
        <translation>¿Qué carpeta de resultados?</translation>
    </message>
</context>
<context>
    <name>ReviewViewModel</name>
    <message>
        <source>Ending the session</source>
        <translation>Terminando la sesión</translation>
    </message>
    <message>
        <source>Writing the correction</source>
        <translation>Escribiendo la corrección</translation>
    </message>
    <message>
        <source>What was typed: {text}</source>
        <translation>Lo que se escribió: {text}</translation>
    </message>
    <message>
        <source>Naming the speaker</source>
        <translation>Nombrando al hablante</translation>
    </message>
    <message>
        <source>Drafting the note</source>
        <translation>Redactando la nota</translation>
    </message>
    <message>
        <source>The model drafts the note</source>
        <translation>El modelo redacta la nota</translation>
    </message>
    <message>
        <source>Keeping the note</source>
        <translation>Guardando la nota</translation>
    </message>
    <message>
        <source>Signing</source>
        <translation>Firmando</translation>
    </message>
    <message>
        <source>The note is signed.</source>
        <translation>La nota está firmada.</translation>
    </message>
    <message>
        <source>Writing documents</source>
        <translation>Escribiendo documentos</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Elija otra carpeta.</translation>
    </message>
    <message>
        <source>Making the PDF</source>
        <translation>Haciendo el PDF</translation>
    </message>
    <message>
        <source>What is damaged was left out</source>
        <translation>Lo dañado se ha omitido</translation>
    </message>
    <message>
        <source>{n} files were written to {folder}</source>
        <translation>{n} archivos se escribieron en {folder}</translation>
    </message>
    <message>
        <source>Destroying the session</source>
        <translation>Destruyendo la sesión</translation>
    </message>
    <message>
        <source>The session is destroyed.</source>
        <translation>La sesión está destruida.</translation>
    </message>
</context>
<context>
    <name>Role</name>
    <message>
        <source>Doctor</source>
        <translation>Médico</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>Otra persona</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Asistente</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Alguien</translation>
    </message>
</context>
<context>
    <name>ServerForm</name>
    <message>
        <source>Dialogue model on your own network</source>
        <translation>Modelo de diálogo en su propia red</translation>
    </message>
    <message>
        <source>Use it, and try it</source>
        <translation>Usarlo y probarlo</translation>
    </message>
    <message>
        <source>Drafts of notes can be written by a model. Without one, rules do it, on this machine.</source>
        <translation>Un modelo puede redactar borradores de notas. Sin él lo hacen reglas, en esta máquina.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Up to and including /v1; empty is none.</source>
        <translation>Hasta /v1 incluido; vacío es ninguno.</translation>
    </message>
    <message>
        <source>The model&apos;s name there</source>
        <translation>El nombre del modelo allí</translation>
    </message>
    <message>
        <source>What people say in a visit will leave this machine, and go to {host}.</source>
        <translation>Lo que se diga en una consulta saldrá de esta máquina e irá a {host}.</translation>
    </message>
    <message>
        <source>Use a machine that you trust with patients&apos; words, on a network of your own.</source>
        <translation>Use una máquina a la que confíe palabras de pacientes, en una red propia.</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>Preguntando …</translation>
    </message>
    <message>
        <source>It answers.</source>
        <translation>Responde.</translation>
    </message>
</context>
<context>
    <name>SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>Sesiones</translation>
    </message>
    <message>
        <source>Search: date, language, id</source>
        <translation>Buscar: fecha, lengua, id</translation>
    </message>
    <message>
        <source>Search the sessions</source>
        <translation>Buscar en las sesiones</translation>
    </message>
    <message>
        <source>By date, language, state or id</source>
        <translation>Por fecha, lengua, estado o id</translation>
    </message>
    <message>
        <source>Enter opens one</source>
        <translation>Intro abre una</translation>
    </message>
    <message>
        <source>No sessions yet</source>
        <translation>Todavía no hay sesiones</translation>
    </message>
    <message>
        <source>What is said in a visit is kept here.</source>
        <translation>Lo que se dice en una consulta se guarda aquí.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>No se encontró nada</translation>
    </message>
    <message>
        <source>No session has all of these words.</source>
        <translation>Ninguna sesión tiene todas estas palabras.</translation>
    </message>
    <message>
        <source>Looking for sessions …</source>
        <translation>Buscando sesiones …</translation>
    </message>
    <message>
        <source>going on</source>
        <translation>en curso</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>cortada</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>terminada</translation>
    </message>
    <message>
        <source>being destroyed</source>
        <translation>destruyéndose</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>grabando</translation>
    </message>
</context>
<context>
    <name>SessionPanel</name>
    <message>
        <source>Session</source>
        <translation>Sesión</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Transcripción</translation>
    </message>
    <message>
        <source>Enter plays a line, Space pauses, F2 corrects it</source>
        <translation>Intro reproduce una línea, espacio pausa, F2 la corrige</translation>
    </message>
    <message>
        <source>Lost in translation</source>
        <translation>Perdido en la traducción</translation>
    </message>
    <message>
        <source>Changed in translation</source>
        <translation>Cambiado en la traducción</translation>
    </message>
    <message>
        <source>Added by the translation</source>
        <translation>Añadido por la traducción</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>desconocido</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>alguien</translation>
    </message>
    <message>
        <source>✎ Corrected by {by}, {when}. Before: {before}</source>
        <translation>✎ Corregido por {by}, {when}. Antes: {before}</translation>
    </message>
    <message>
        <source>Correct this text</source>
        <translation>Corregir este texto</translation>
    </message>
    <message>
        <source>Enter keeps it, Escape leaves it as it was</source>
        <translation>Intro lo guarda, Escape lo deja como estaba</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sesiones</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>Terminarla</translation>
    </message>
    <message>
        <source>Documents …</source>
        <translation>Documentos …</translation>
    </message>
    <message>
        <source>Destroy …</source>
        <translation>Destruir …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Find in the transcript</source>
        <translation>Buscar en la transcripción</translation>
    </message>
    <message>
        <source>Enter goes to the next line that has it</source>
        <translation>Intro va a la siguiente línea que lo tiene</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Corregir</translation>
    </message>
    <message>
        <source>Correct what was said in the current line (F2)</source>
        <translation>Corregir lo dicho en la línea actual (F2)</translation>
    </message>
    <message>
        <source>Correct translation</source>
        <translation>Corregir la traducción</translation>
    </message>
    <message>
        <source>Correct the translation of the current line (Shift+F2)</source>
        <translation>Corregir la traducción de la línea actual (Mayús+F2)</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>Back 5 seconds</source>
        <translation>Atrás 5 segundos</translation>
    </message>
    <message>
        <source>On 5 seconds</source>
        <translation>Adelante 5 segundos</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Grabación</translation>
    </message>
    <message>
        <source>Arrow keys go back and forth</source>
        <translation>Las flechas van atrás y adelante</translation>
    </message>
    <message>
        <source>This session has no sound.</source>
        <translation>Esta sesión no tiene sonido.</translation>
    </message>
    <message>
        <source>What belongs to the session</source>
        <translation>Lo que pertenece a la sesión</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Hallazgos</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Hablantes</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Acerca de</translation>
    </message>
    <message>
        <source>{n} corrected</source>
        <translation>{n} corregidas</translation>
    </message>
    <message>
        <source>Parts of this session cannot be read: {n}</source>
        <translation>No se pueden leer partes de esta sesión: {n}</translation>
    </message>
    <message>
        <source>What is left is shown. A backup may have the rest.</source>
        <translation>Se muestra lo que queda. Una copia de seguridad puede tener el resto.</translation>
    </message>
    <message>
        <source>Findings ({n})</source>
        <translation>Hallazgos ({n})</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>What was typed is not kept yet</source>
        <translation>Lo escrito todavía no está guardado</translation>
    </message>
    <message>
        <source>All that was said goes to the dialogue model {model} on {host}, which words a draft.</source>
        <translation>Todo lo dicho va al modelo de diálogo {model} en {host}, que redacta un borrador.</translation>
    </message>
    <message>
        <source>The way there is not encrypted.</source>
        <translation>El camino hasta allí no está cifrado.</translation>
    </message>
    <message>
        <source>Send what was said to {host}?</source>
        <translation>¿Enviar lo dicho a {host}?</translation>
    </message>
    <message>
        <source>Send it</source>
        <translation>Enviarlo</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Ahora no</translation>
    </message>
    <message>
        <source>Destroy this session for good?</source>
        <translation>¿Destruir esta sesión para siempre?</translation>
    </message>
    <message>
        <source>Its words, its sound and its notes are gone; nothing brings them back, except a backup. The list of deeds keeps that it was there. Documents that were written stay where they are.</source>
        <translation>Sus palabras, su sonido y sus notas desaparecen; nada los devuelve, salvo una copia de seguridad. El registro de acciones conserva que existió. Los documentos que se escribieron quedan donde están.</translation>
    </message>
    <message>
        <source>Destroy it</source>
        <translation>Destruirla</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Conservarla</translation>
    </message>
</context>
<context>
    <name>SettingsView</name>
    <message>
        <source>Settings</source>
        <translation>Configuración</translation>
    </message>
    <message>
        <source>What is changed here holds at once.</source>
        <translation>Lo que se cambia aquí vale de inmediato.</translation>
    </message>
    <message>
        <source>Language and look</source>
        <translation>Lengua y aspecto</translation>
    </message>
    <message>
        <source>Language of the app</source>
        <translation>Lengua de la aplicación</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Colores</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>Tamaño del texto</translation>
    </message>
    <message>
        <source>Microphones and loudspeaker</source>
        <translation>Micrófonos y altavoz</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Consultas</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>Habla el médico</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>Habla el paciente</translation>
    </message>
    <message>
        <source>Which models are used, and on which machine they run well.</source>
        <translation>Qué modelos se usan y en qué máquina funcionan bien.</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Perfil</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Acerca de</translation>
    </message>
    <message>
        <source>VoiceDoc is no qualified interpreter and no medical device. Machine translation makes errors that matter: have a person at hand who can check.</source>
        <translation>VoiceDoc no es un intérprete cualificado ni un producto sanitario. La traducción automática comete errores que importan: tenga cerca a una persona que pueda comprobarlo.</translation>
    </message>
    <message>
        <source>Show the introduction</source>
        <translation>Mostrar la introducción</translation>
    </message>
    <message>
        <source>Push to talk</source>
        <translation>Pulsar para hablar</translation>
    </message>
    <message>
        <source>People are heard only while a button or the space bar is pressed.</source>
        <translation>Solo se oye a las personas mientras se pulsa un botón o la barra espaciadora.</translation>
    </message>
    <message>
        <source>Show only</source>
        <translation>Solo mostrar</translation>
    </message>
    <message>
        <source>Translations are shown and never spoken.</source>
        <translation>Las traducciones se muestran y nunca se dicen en voz alta.</translation>
    </message>
    <message>
        <source>Check the sound first</source>
        <translation>Probar antes el sonido</translation>
    </message>
    <message>
        <source>Without it, speaking does not interrupt the voice.</source>
        <translation>Sin ello, hablar no interrumpe la voz.</translation>
    </message>
    <message>
        <source>Advice beside the visit</source>
        <translation>Avisos junto a la consulta</translation>
    </message>
    <message>
        <source>Rules warn the clinician of red flags and of medicines that do not go together.</source>
        <translation>Unas reglas avisan al clínico de señales de alarma y de medicamentos que no combinan.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
</context>
<context>
    <name>SettingsViewModel</name>
    <message>
        <source>From now on visits are kept so long.</source>
        <translation>Desde ahora las consultas se conservan ese tiempo.</translation>
    </message>
    <message>
        <source>The visits are under the new key.</source>
        <translation>Las consultas están bajo la nueva clave.</translation>
    </message>
    <message>
        <source>The visits that were over their time are destroyed.</source>
        <translation>Las consultas que habían cumplido su plazo están destruidas.</translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>Advice and note</source>
        <translation>Avisos y nota</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>Avisos</translation>
    </message>
    <message>
        <source>Note so far</source>
        <translation>Nota hasta ahora</translation>
    </message>
</context>
<context>
    <name>SoundStep</name>
    <message>
        <source>Microphones and loudspeaker</source>
        <translation>Micrófonos y altavoz</translation>
    </message>
    <message>
        <source>Say a few words: the bar moves. Before each visit the sound is checked, with the loudspeaker.</source>
        <translation>Diga unas palabras: la barra se mueve. Antes de cada consulta se prueba el sonido, con el altavoz.</translation>
    </message>
</context>
<context>
    <name>SpeakersPanel</name>
    <message>
        <source>Speakers</source>
        <translation>Hablantes</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Su nombre</translation>
    </message>
    <message>
        <source>Corrections are signed with</source>
        <translation>Las correcciones se firman con</translation>
    </message>
    <message>
        <source>The history says who corrected what.</source>
        <translation>El historial dice quién corrigió qué.</translation>
    </message>
    <message>
        <source>Nobody was told apart by voice. Each line says who spoke: doctor or patient.</source>
        <translation>No se distinguió a nadie por la voz. Cada línea dice quién habló: médico o paciente.</translation>
    </message>
    <message>
        <source>doctor</source>
        <translation>médico</translation>
    </message>
    <message>
        <source>patient</source>
        <translation>paciente</translation>
    </message>
    <message>
        <source>somebody else</source>
        <translation>otra persona</translation>
    </message>
    <message>
        <source>Role of {label}</source>
        <translation>Papel de {label}</translation>
    </message>
    <message>
        <source>Name of {label}</source>
        <translation>Nombre de {label}</translation>
    </message>
    <message>
        <source>Name, such as Ana Silva</source>
        <translation>Nombre, como Ana Silva</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>speaking</source>
        <translation>hablando</translation>
    </message>
    <message>
        <source>understanding</source>
        <translation>entendiendo</translation>
    </message>
    <message>
        <source>translating</source>
        <translation>traduciendo</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>comprobando</translation>
    </message>
    <message>
        <source>held, not said</source>
        <translation>retenida, no dicha</translation>
    </message>
    <message>
        <source>asked back</source>
        <translation>preguntada de vuelta</translation>
    </message>
    <message>
        <source>to be said</source>
        <translation>por decir</translation>
    </message>
    <message>
        <source>being said</source>
        <translation>diciéndose</translation>
    </message>
    <message>
        <source>voice waits</source>
        <translation>la voz espera</translation>
    </message>
    <message>
        <source>said</source>
        <translation>dicha</translation>
    </message>
    <message>
        <source>cut short</source>
        <translation>cortada</translation>
    </message>
    <message>
        <source>shown only</source>
        <translation>solo se muestra</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>no dicha</translation>
    </message>
    <message>
        <source>not translated</source>
        <translation>no se traduce</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>falló</translation>
    </message>
    <message>
        <source>no words</source>
        <translation>sin palabras</translation>
    </message>
</context>
<context>
    <name>TalkButton</name>
    <message>
        <source>Doctor talks</source>
        <translation>Habla el médico ahora</translation>
    </message>
    <message>
        <source>Patient talks</source>
        <translation>Habla el paciente ahora</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>Soltar</translation>
    </message>
    <message>
        <source>Hold it while speaking, or press it once before and once after</source>
        <translation>Manténgalo pulsado al hablar, o púlselo una vez antes y otra después</translation>
    </message>
</context>
<context>
    <name>TalkPage</name>
    <message>
        <source>Visit</source>
        <translation>Consulta</translation>
    </message>
    <message>
        <source>To the newest</source>
        <translation>A lo más nuevo</translation>
    </message>
    <message>
        <source>Patient&apos;s screen</source>
        <translation>Pantalla del paciente</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>Avisos</translation>
    </message>
    <message>
        <source>reviewed</source>
        <translation>revisada</translation>
    </message>
</context>
<context>
    <name>ToldBefore</name>
    <message>
        <source>No lawyer and no professional translator has reviewed these words. Have yours reviewed.</source>
        <translation>Ningún abogado ni traductor profesional ha revisado estas palabras. Haga revisar las suyas.</translation>
    </message>
    <message>
        <source>There is no text in this language: have a person explain it.</source>
        <translation>No hay texto en esta lengua: pida a una persona que lo explique.</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>What is said</source>
        <translation>Lo que se dice</translation>
    </message>
    <message>
        <source>Arrow keys look back</source>
        <translation>Las flechas miran atrás</translation>
    </message>
</context>
<context>
    <name>Troubles</name>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>{device} is gone</source>
        <translation>{device} ha desaparecido</translation>
    </message>
    <message>
        <source>The session is safe up to here, and can be continued.</source>
        <translation>La sesión está a salvo hasta aquí y puede continuarse.</translation>
    </message>
    <message>
        <source>The patient wants to stop</source>
        <translation>El paciente quiere parar</translation>
    </message>
    <message>
        <source>The voice is silent and nothing is listened to, until you or the patient go on.</source>
        <translation>La voz calla y no se escucha nada, hasta que usted o el paciente sigan.</translation>
    </message>
    <message>
        <source>The patient did not understand</source>
        <translation>El paciente no entendió</translation>
    </message>
    <message>
        <source>The last sentence is said again.</source>
        <translation>La última frase se dice otra vez.</translation>
    </message>
</context>
<context>
    <name>Turn</name>
    <message>
        <source>Translation</source>
        <translation>Traducción</translation>
    </message>
    <message>
        <source>Reviewed phrase</source>
        <translation>Frase revisada</translation>
    </message>
</context>
<context>
    <name>VisitBar</name>
    <message>
        <source>What goes on</source>
        <translation>Qué pasa</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>Sin marcha</translation>
    </message>
    <message>
        <source>Time: {time}</source>
        <translation>Tiempo: {time}</translation>
    </message>
    <message>
        <source>The doctor has the button</source>
        <translation>El médico tiene el botón</translation>
    </message>
    <message>
        <source>The patient has the button</source>
        <translation>El paciente tiene el botón</translation>
    </message>
    <message>
        <source>Human interpreter called</source>
        <translation>Intérprete humano llamado</translation>
    </message>
    <message>
        <source>{stage}: {seconds:.1f} s behind</source>
        <translation>{stage}: {seconds:.1f} s de retraso</translation>
    </message>
</context>
<context>
    <name>VisitSetup</name>
    <message>
        <source>New visit</source>
        <translation>Nueva consulta</translation>
    </message>
    <message>
        <source>Fetch what is missing</source>
        <translation>Descargar lo que falta</translation>
    </message>
    <message>
        <source>More choices</source>
        <translation>Más opciones</translation>
    </message>
    <message>
        <source>What both are told before</source>
        <translation>Lo que se dice antes a los dos</translation>
    </message>
    <message>
        <source>Start the visit</source>
        <translation>Empezar la consulta</translation>
    </message>
    <message>
        <source>Loads the models, checks the sound and asks both for consent; then people talk.</source>
        <translation>Carga los modelos, prueba el sonido y pide el consentimiento de los dos; después se habla.</translation>
    </message>
    <message>
        <source>Swap the two languages</source>
        <translation>Intercambiar las dos lenguas</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>Habla el médico</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>Habla el paciente</translation>
    </message>
    <message>
        <source>Push to talk</source>
        <translation>Pulsar para hablar</translation>
    </message>
    <message>
        <source>People are heard only while a button or the space bar is pressed.</source>
        <translation>Solo se oye a las personas mientras se pulsa un botón o la barra espaciadora.</translation>
    </message>
    <message>
        <source>Show only</source>
        <translation>Solo mostrar</translation>
    </message>
    <message>
        <source>Translations are shown and never spoken.</source>
        <translation>Las traducciones se muestran y nunca se dicen en voz alta.</translation>
    </message>
    <message>
        <source>Check the sound first</source>
        <translation>Probar antes el sonido</translation>
    </message>
    <message>
        <source>Without it, speaking does not interrupt the voice.</source>
        <translation>Sin ello, hablar no interrumpe la voz.</translation>
    </message>
    <message>
        <source>Advice beside the visit</source>
        <translation>Avisos junto a la consulta</translation>
    </message>
    <message>
        <source>Rules warn the clinician of red flags and of medicines that do not go together.</source>
        <translation>Unas reglas avisan al clínico de señales de alarma y de medicamentos que no combinan.</translation>
    </message>
    <message>
        <source>Which models are used, and on which machine they run well.</source>
        <translation>Qué modelos se usan y en qué máquina funcionan bien.</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Perfil</translation>
    </message>
    <message>
        <source>Choose two different languages.</source>
        <translation>Elija dos lenguas distintas.</translation>
    </message>
    <message>
        <source>The profile {name} does not interpret between these two languages.</source>
        <translation>El perfil {name} no interpreta entre estas dos lenguas.</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) must be fetched before the first visit.</source>
        <translation>
            <numerusform>Hay que descargar %n modelo antes de la primera consulta.</numerusform>
            <numerusform>Hay que descargar %n modelos antes de la primera consulta.</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} to download, once.</source>
        <translation>{size} por descargar, una vez.</translation>
    </message>
    <message>
        <source>Sound, words and translations are kept encrypted on this machine, and nowhere else.</source>
        <translation>El sonido, las palabras y las traducciones se guardan cifrados en esta máquina, y en ningún otro lugar.</translation>
    </message>
    <message>
        <source>They are kept until somebody destroys them.</source>
        <translation>Se conservan hasta que alguien los destruya.</translation>
    </message>
    <message>
        <source>They are destroyed soon after the visit.</source>
        <translation>Se destruyen poco después de la consulta.</translation>
    </message>
    <message numerus="yes">
        <source>They are destroyed %n day(s) after the visit.</source>
        <translation>
            <numerusform>Se destruyen %n día después de la consulta.</numerusform>
            <numerusform>Se destruyen %n días después de la consulta.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VisitView</name>
    <message>
        <source>Visit</source>
        <translation>Consulta</translation>
    </message>
</context>
<context>
    <name>VisitViewModel</name>
    <message>
        <source>A visit is under way.</source>
        <translation>Hay una consulta en curso.</translation>
    </message>
    <message>
        <source>Ask the patient to say it again.</source>
        <translation>Pida al paciente que lo diga otra vez.</translation>
    </message>
</context>
<context>
    <name>WelcomeView</name>
    <message>
        <source>Welcome to VoiceDoc</source>
        <translation>Bienvenido a VoiceDoc</translation>
    </message>
    <message>
        <source>Four steps, once.</source>
        <translation>Cuatro pasos, una vez.</translation>
    </message>
    <message>
        <source>Skip the rest</source>
        <translation>Saltar el resto</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Qué es</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Sonido</translation>
    </message>
    <message>
        <source>One sentence</source>
        <translation>Una frase</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>{n}. {name}</source>
        <translation>{n}. {name}</translation>
    </message>
    <message>
        <source>To the first visit</source>
        <translation>A la primera consulta</translation>
    </message>
</context>
<context>
    <name>WelcomeViewModel</name>
    <message>
        <source>All models are there and verified.</source>
        <translation>Todos los modelos están y están verificados.</translation>
    </message>
    <message>
        <source>Models are being fetched</source>
        <translation>Se están descargando modelos</translation>
    </message>
</context>
<context>
    <name>WishCard</name>
    <message>
        <source>How they are transcribed</source>
        <translation>Cómo se transcriben</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Fetch what is missing</source>
        <translation>Descargar lo que falta</translation>
    </message>
    <message>
        <source>Doctor&apos;s language</source>
        <translation>Lengua del médico</translation>
    </message>
    <message>
        <source>Patient&apos;s language</source>
        <translation>Lengua del paciente</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Perfil</translation>
    </message>
    <message>
        <source>How many speak</source>
        <translation>Cuántos hablan</translation>
    </message>
    <message>
        <source>Translate into</source>
        <translation>Traducir a</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documentos</translation>
    </message>
    <message>
        <source>Results go into</source>
        <translation>Los resultados van a</translation>
    </message>
    <message>
        <source>Each recording gets a folder of its own in it</source>
        <translation>Cada grabación recibe en ella una carpeta propia</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Elegir …</translation>
    </message>
    <message>
        <source>Results are not encrypted: whoever can open the folder can read them.</source>
        <translation>Los resultados no están cifrados: quien pueda abrir la carpeta puede leerlos.</translation>
    </message>
    <message>
        <source>Translate into {language}</source>
        <translation>Traducir a {language}</translation>
    </message>
    <message>
        <source>found out</source>
        <translation>se averigua</translation>
    </message>
    <message>
        <source>Models of this profile are missing: {names}</source>
        <translation>Faltan modelos de este perfil: {names}</translation>
    </message>
    <message>
        <source>What needs them fails until they are there.</source>
        <translation>Lo que los necesita falla hasta que estén.</translation>
    </message>
    <message>
        <source>Where do results go?</source>
        <translation>¿Adónde van los resultados?</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Listening page</source>
        <translation>Página para escuchar</translation>
    </message>
    <message>
        <source>De-identified</source>
        <translation>Desidentificado</translation>
    </message>
</context>
<context>
    <name>_Script</name>
    <message>
        <source>There is no text in this language: have a person explain it.</source>
        <translation>No hay texto en esta lengua: pida a una persona que lo explique.</translation>
    </message>
</context>
</TS>
