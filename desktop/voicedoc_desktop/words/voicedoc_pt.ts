<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR">
<context>
    <name>AboutPanel</name>
    <message>
        <source>About the session</source>
        <translation>Sobre a sessão</translation>
    </message>
    <message>
        <source>Consent to the recording: yes</source>
        <translation>Consentimento para a gravação: sim</translation>
    </message>
    <message>
        <source>Consent to the recording: no</source>
        <translation>Consentimento para a gravação: não</translation>
    </message>
    <message>
        <source>Consent to the recording: not recorded</source>
        <translation>Consentimento para a gravação: não registrado</translation>
    </message>
    <message>
        <source>In the folder {folder}</source>
        <translation>Na pasta {folder}</translation>
    </message>
    <message>
        <source>Kept until {when}</source>
        <translation>Guardada até {when}</translation>
    </message>
    <message>
        <source>Kept until somebody destroys it</source>
        <translation>Guardada até que alguém a destrua</translation>
    </message>
</context>
<context>
    <name>Activity</name>
    <message>
        <source>The session has ended</source>
        <translation>A sessão terminou</translation>
    </message>
    <message>
        <source>Ending: what is left to say is said</source>
        <translation>Encerrando: o que falta dizer é dito</translation>
    </message>
    <message>
        <source>Paused: nothing is listened to</source>
        <translation>Em pausa: nada é escutado</translation>
    </message>
    <message>
        <source>Waits for the talk button</source>
        <translation>Espera o botão de falar</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>Escutando</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>O médico fala</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>O paciente fala</translation>
    </message>
    <message>
        <source>Somebody speaks</source>
        <translation>Alguém fala</translation>
    </message>
    <message>
        <source>The voice speaks to the doctor</source>
        <translation>A voz fala com o médico</translation>
    </message>
    <message>
        <source>The voice speaks to the patient</source>
        <translation>A voz fala com o paciente</translation>
    </message>
    <message>
        <source>understanding</source>
        <translation>compreendendo</translation>
    </message>
    <message>
        <source>words while somebody speaks</source>
        <translation>palavras enquanto alguém fala</translation>
    </message>
    <message>
        <source>translation</source>
        <translation>tradução</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>conferindo</translation>
    </message>
    <message>
        <source>who speaks</source>
        <translation>quem fala</translation>
    </message>
    <message>
        <source>the voice</source>
        <translation>a voz</translation>
    </message>
    <message>
        <source>hearing</source>
        <translation>escuta</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>gravando</translation>
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
        <translation>Nada a avisar. O que as regras encontrarem aparece aqui.</translation>
    </message>
    <message>
        <source>By rules that no clinician has reviewed. Only you see this.</source>
        <translation>Por regras que nenhum clínico revisou. Só você vê isto.</translation>
    </message>
    <message>
        <source>Show where</source>
        <translation>Mostrar onde</translation>
    </message>
    <message>
        <source>Worth asking: {complaint}</source>
        <translation>Vale perguntar: {complaint}</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>mais {n}</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>The settings could not be read, so everything is as at first.</source>
        <translation>As configurações não puderam ser lidas; por isso tudo está como no início.</translation>
    </message>
    <message>
        <source>The old file is kept as {name}: {why}</source>
        <translation>O arquivo antigo fica guardado como {name}: {why}</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Put away</source>
        <translation>Dispensar</translation>
    </message>
</context>
<context>
    <name>BrokenPage</name>
    <message>
        <source>Try again</source>
        <translation>Tentar de novo</translation>
    </message>
    <message>
        <source>Back to Home</source>
        <translation>Voltar ao início</translation>
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
        <translation>Teste de som</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Testar de novo</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Desistir</translation>
    </message>
    <message>
        <source>Now say a few words</source>
        <translation>Agora diga algumas palavras</translation>
    </message>
    <message>
        <source>Please be quiet for a moment</source>
        <translation>Por favor, silêncio por um momento</translation>
    </message>
    <message>
        <source>Microphone: {name}</source>
        <translation>Microfone: {name}</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Go on all the same</source>
        <translation>Continuar mesmo assim</translation>
    </message>
</context>
<context>
    <name>ConsentPage</name>
    <message>
        <source>Do both agree?</source>
        <translation>Os dois concordam?</translation>
    </message>
    <message>
        <source>Nothing is recorded yet.</source>
        <translation>Nada é gravado ainda.</translation>
    </message>
    <message>
        <source>Both agree</source>
        <translation>Os dois concordam</translation>
    </message>
    <message>
        <source>Somebody declines</source>
        <translation>Alguém recusa</translation>
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
        <translation>Estes textos: {status}</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>Parar de ler</translation>
    </message>
    <message>
        <source>Read it out again</source>
        <translation>Ler em voz alta de novo</translation>
    </message>
    <message>
        <source>not reviewed by a lawyer or a professional translator</source>
        <translation>não revisados por advogado nem por tradutor profissional</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>Controls</source>
        <translation>Comandos</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Encerrar</translation>
    </message>
    <message>
        <source>Human interpreter</source>
        <translation>Intérprete humano</translation>
    </message>
    <message>
        <source>Call a human interpreter, with the reason</source>
        <translation>Chamar um intérprete humano, com o motivo</translation>
    </message>
    <message>
        <source>Listen again</source>
        <translation>Escutar de novo</translation>
    </message>
    <message>
        <source>Nothing is listened to until you go on</source>
        <translation>Nada é escutado até você continuar</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Repetir</translation>
    </message>
    <message>
        <source>Say the last translation again</source>
        <translation>Dizer de novo a última tradução</translation>
    </message>
    <message>
        <source>Stop the voice</source>
        <translation>Parar a voz</translation>
    </message>
    <message>
        <source>The voice is silent at once</source>
        <translation>A voz se cala imediatamente</translation>
    </message>
    <message>
        <source>Was the doctor</source>
        <translation>Era o médico</translation>
    </message>
    <message>
        <source>Whoever spoke last was the doctor</source>
        <translation>Quem falou por último era o médico</translation>
    </message>
    <message>
        <source>Was the patient</source>
        <translation>Era o paciente</translation>
    </message>
    <message>
        <source>Whoever spoke last was the patient</source>
        <translation>Quem falou por último era o paciente</translation>
    </message>
    <message>
        <source>Phrases</source>
        <translation>Frases</translation>
    </message>
    <message>
        <source>Find a reviewed phrase</source>
        <translation>Procurar uma frase revisada</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Digitar</translation>
    </message>
    <message>
        <source>Type what the doctor says</source>
        <translation>Digitar o que o médico diz</translation>
    </message>
    <message>
        <source>Teach-back</source>
        <translation>Repetição pelo paciente</translation>
    </message>
    <message>
        <source>Have the last instruction repeated</source>
        <translation>Fazer repetir a última instrução</translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>Held: the translation may not say what was said</source>
        <translation>Retida: a tradução pode não dizer o que foi dito</translation>
    </message>
    <message>
        <source>Translated back, it says</source>
        <translation>Traduzida de volta, ela diz</translation>
    </message>
    <message>
        <source>Say it as it is</source>
        <translation>Dizer como está</translation>
    </message>
    <message>
        <source>Rephrase</source>
        <translation>Reformular</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>Deixar de fora</translation>
    </message>
    <message>
        <source>{question}: the answer was not clear</source>
        <translation>{question}: a resposta não ficou clara</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sim</translation>
    </message>
    <message>
        <source>No, say it again</source>
        <translation>Não, dizer de novo</translation>
    </message>
    <message>
        <source>Read back to the patient</source>
        <translation>Lido de volta ao paciente</translation>
    </message>
    <message>
        <source>Read back to the doctor</source>
        <translation>Lido de volta ao médico</translation>
    </message>
    <message>
        <source>The patient is asked to say it in their own words</source>
        <translation>Pede-se ao paciente que diga com as próprias palavras</translation>
    </message>
    <message>
        <source>Asked of the patient</source>
        <translation>Perguntado ao paciente</translation>
    </message>
    <message>
        <source>Asked of the doctor</source>
        <translation>Perguntado ao médico</translation>
    </message>
</context>
<context>
    <name>DevicesForm</name>
    <message>
        <source>the doctor&apos;s microphone</source>
        <translation>o microfone do médico</translation>
    </message>
    <message>
        <source>the patient&apos;s microphone</source>
        <translation>o microfone do paciente</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Procurar de novo</translation>
    </message>
    <message>
        <source>Who speaks into what</source>
        <translation>Quem fala em qual microfone</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Microfone</translation>
    </message>
    <message>
        <source>The patient&apos;s microphone</source>
        <translation>O microfone do paciente</translation>
    </message>
    <message>
        <source>Loudspeaker</source>
        <translation>Alto-falante</translation>
    </message>
    <message>
        <source>One microphone for both</source>
        <translation>Um microfone para os dois</translation>
    </message>
    <message>
        <source>A microphone each</source>
        <translation>Um microfone para cada um</translation>
    </message>
    <message>
        <source>One device: doctor left, patient right</source>
        <translation>Um aparelho: médico à esquerda, paciente à direita</translation>
    </message>
    <message>
        <source>The system&apos;s: {name}</source>
        <translation>O do sistema: {name}</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>O do sistema</translation>
    </message>
    <message>
        <source>This machine has no microphone.</source>
        <translation>Esta máquina não tem microfone.</translation>
    </message>
    <message>
        <source>Plug one in, then look again.</source>
        <translation>Conecte um e procure de novo.</translation>
    </message>
    <message>
        <source>{name} is not plugged in.</source>
        <translation>{name} não está conectado.</translation>
    </message>
    <message>
        <source>Plug it in and look again, or choose another one.</source>
        <translation>Conecte-o e procure de novo, ou escolha outro.</translation>
    </message>
    <message>
        <source>Nothing can be heard of this microphone.</source>
        <translation>Nada se ouve deste microfone.</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Choose files …</source>
        <translation>Escolher arquivos …</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Gravações</translation>
    </message>
</context>
<context>
    <name>EndedPage</name>
    <message>
        <source>The visit is over</source>
        <translation>A consulta terminou</translation>
    </message>
    <message>
        <source>Review it</source>
        <translation>Revisá-la</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>Nova consulta</translation>
    </message>
    <message>
        <source>It is kept, encrypted, as session {session}.</source>
        <translation>Está guardada, cifrada, como sessão {session}.</translation>
    </message>
    <message>
        <source>The visit has ended and is kept.</source>
        <translation>A consulta terminou e está guardada.</translation>
    </message>
    <message>
        <source>The session says so, and no more.</source>
        <translation>A sessão diz isso, e nada mais.</translation>
    </message>
    <message>
        <source>Consent was refused: nothing was recorded.</source>
        <translation>O consentimento foi recusado: nada foi gravado.</translation>
    </message>
    <message>
        <source>The visit did not begin. Nothing was recorded.</source>
        <translation>A consulta não começou. Nada foi gravado.</translation>
    </message>
    <message>
        <source>The visit was ended at once.</source>
        <translation>A consulta foi encerrada imediatamente.</translation>
    </message>
    <message>
        <source>The visit ended because something failed.</source>
        <translation>A consulta terminou porque algo falhou.</translation>
    </message>
    <message>
        <source>In figures</source>
        <translation>Em números</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Duração</translation>
    </message>
    <message>
        <source>Lines of the doctor</source>
        <translation>Falas do médico</translation>
    </message>
    <message>
        <source>Lines of the patient</source>
        <translation>Falas do paciente</translation>
    </message>
    <message>
        <source>Translated</source>
        <translation>Traduzidas</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Retidas</translation>
    </message>
    <message>
        <source>Asked back</source>
        <translation>Perguntadas de volta</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Com falha</translation>
    </message>
    <message>
        <source>From the end of speech to the voice</source>
        <translation>Do fim da fala até a voz</translation>
    </message>
</context>
<context>
    <name>Expectation</name>
    <message>
        <source>What can be expected</source>
        <translation>O que se pode esperar</translation>
    </message>
    <message>
        <source>Looking up what was measured for this pair …</source>
        <translation>Procurando o que foi medido para este par …</translation>
    </message>
    <message>
        <source>not translated</source>
        <translation>não traduzido</translation>
    </message>
    <message>
        <source>translated</source>
        <translation>traduzido</translation>
    </message>
    <message>
        <source>draft translation</source>
        <translation>tradução provisória</translation>
    </message>
    <message>
        <source>shown only</source>
        <translation>só mostrado</translation>
    </message>
    <message>
        <source>spoken</source>
        <translation>falado</translation>
    </message>
    <message>
        <source>spoken, plain voice</source>
        <translation>falado, voz simples</translation>
    </message>
    <message>
        <source>{name}: {value} of 100 words misheard (recordings: {n})</source>
        <translation>{name}: {value} de 100 palavras mal entendidas (gravações: {n})</translation>
    </message>
    <message>
        <source>{name}: how well it is heard was not measured</source>
        <translation>{name}: não se mediu quão bem é ouvido</translation>
    </message>
    <message>
        <source>translation {value} of 100 like a person&apos;s (chrF2, sentences: {n})</source>
        <translation>tradução {value} de 100 como a de uma pessoa (chrF2, frases: {n})</translation>
    </message>
    <message>
        <source>translation not measured</source>
        <translation>tradução não medida</translation>
    </message>
    <message>
        <source>the voice begins after {value} s (sentences: {n})</source>
        <translation>a voz começa após {value} s (frases: {n})</translation>
    </message>
    <message>
        <source>time to the voice not measured</source>
        <translation>tempo até a voz não medido</translation>
    </message>
    <message>
        <source>{text}: too few to rely on</source>
        <translation>{text}: poucas para confiar</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Write documents</source>
        <translation>Gravar documentos</translation>
    </message>
    <message>
        <source>The recording as well (FLAC)</source>
        <translation>Também a gravação de som (FLAC)</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Pasta</translation>
    </message>
    <message>
        <source>A new folder, which is made</source>
        <translation>Uma pasta nova, que é criada</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Gravar</translation>
    </message>
    <message>
        <source>PDF, to print</source>
        <translation>PDF, para imprimir</translation>
    </message>
    <message>
        <source>Word document (DOCX)</source>
        <translation>Documento do Word (DOCX)</translation>
    </message>
    <message>
        <source>Text (Markdown)</source>
        <translation>Texto (Markdown)</translation>
    </message>
    <message>
        <source>Data (JSON)</source>
        <translation>Dados (JSON)</translation>
    </message>
    <message>
        <source>Subtitles (SRT)</source>
        <translation>Legendas (SRT)</translation>
    </message>
    <message>
        <source>Subtitles for the web (VTT)</source>
        <translation>Legendas para a web (VTT)</translation>
    </message>
    <message>
        <source>Who spoke when (RTTM)</source>
        <translation>Quem falou quando (RTTM)</translation>
    </message>
    <message>
        <source>A page to listen to and read along (HTML)</source>
        <translation>Uma página para ouvir e ler junto (HTML)</translation>
    </message>
    <message>
        <source>An extractive draft of the note</source>
        <translation>Um rascunho extrativo da nota</translation>
    </message>
    <message>
        <source>FHIR documents (R4 and R5)</source>
        <translation>Documentos FHIR (R4 e R5)</translation>
    </message>
    <message>
        <source>De-identified transcript: a person must check it</source>
        <translation>Transcrição desidentificada: uma pessoa precisa conferi-la</translation>
    </message>
    <message>
        <source>What is written can be read by everybody who can open the folder.</source>
        <translation>O que é gravado pode ser lido por todos que podem abrir a pasta.</translation>
    </message>
    <message>
        <source>In the app the session is encrypted; documents are not.</source>
        <translation>No aplicativo a sessão está cifrada; os documentos não.</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Escolher …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>In which folder?</source>
        <translation>Em qual pasta?</translation>
    </message>
</context>
<context>
    <name>Failures</name>
    <message>
        <source>The part of the app that did this ended unexpectedly.</source>
        <translation>A parte do aplicativo que fazia isto terminou inesperadamente.</translation>
    </message>
    <message>
        <source>Nothing that was kept is lost. Try again: it is started anew.</source>
        <translation>Nada do que foi guardado se perdeu. Tente de novo: ela é reiniciada.</translation>
    </message>
    <message>
        <source>Something went wrong that should not have.</source>
        <translation>Algo deu errado que não deveria.</translation>
    </message>
    <message>
        <source>Nothing that was kept is lost. If it happens again, report it with the log.</source>
        <translation>Nada do que foi guardado se perdeu. Se acontecer de novo, informe com o registro.</translation>
    </message>
    <message>
        <source>The stored visits cannot be opened: their key was not given.</source>
        <translation>As consultas guardadas não podem ser abertas: a chave não foi dada.</translation>
    </message>
    <message>
        <source>Try again and type the passphrase, or log in as the user who made them.</source>
        <translation>Tente de novo e digite a frase-senha, ou entre como o usuário que as fez.</translation>
    </message>
    <message>
        <source>Another program is at this session.</source>
        <translation>Outro programa está nesta sessão.</translation>
    </message>
    <message>
        <source>End it there first, then try again.</source>
        <translation>Encerre-a lá primeiro e tente de novo.</translation>
    </message>
    <message>
        <source>What must be kept cannot be kept on this disk.</source>
        <translation>O que precisa ser guardado não pode ser guardado neste disco.</translation>
    </message>
    <message>
        <source>A model is missing.</source>
        <translation>Falta um modelo.</translation>
    </message>
    <message>
        <source>Open Models and fetch it.</source>
        <translation>Abra Modelos e busque-o.</translation>
    </message>
    <message>
        <source>A model&apos;s files are damaged.</source>
        <translation>Os arquivos de um modelo estão danificados.</translation>
    </message>
    <message>
        <source>Open Models and fetch it again.</source>
        <translation>Abra Modelos e busque-o de novo.</translation>
    </message>
    <message>
        <source>The model could not be fetched from where it lies.</source>
        <translation>O modelo não pôde ser buscado de onde está.</translation>
    </message>
    <message>
        <source>Check the connection and try again: what has arrived is kept.</source>
        <translation>Verifique a conexão e tente de novo: o que chegou fica guardado.</translation>
    </message>
    <message>
        <source>Something that this needs is not on this machine.</source>
        <translation>Algo necessário para isto não está nesta máquina.</translation>
    </message>
    <message>
        <source>This profile does not serve these languages.</source>
        <translation>Este perfil não atende a estas línguas.</translation>
    </message>
    <message>
        <source>Choose another profile, or other languages.</source>
        <translation>Escolha outro perfil, ou outras línguas.</translation>
    </message>
</context>
<context>
    <name>FindingsPanel</name>
    <message>
        <source>Findings</source>
        <translation>Achados</translation>
    </message>
    <message>
        <source>Findings of the guard</source>
        <translation>Achados do guarda</translation>
    </message>
    <message>
        <source>Enter shows the line</source>
        <translation>Enter mostra a linha</translation>
    </message>
    <message>
        <source>Nothing was found</source>
        <translation>Nada foi encontrado</translation>
    </message>
    <message>
        <source>Numbers, doses, negations and the like are the same on both sides, as far as the guard can tell.</source>
        <translation>Números, doses, negações e afins são iguais nos dois lados, até onde o guarda percebe.</translation>
    </message>
    <message>
        <source>What may differ between what was said and its translation</source>
        <translation>O que pode diferir entre o que foi dito e a tradução</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Perdido</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Mudado</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Acrescentado</translation>
    </message>
</context>
<context>
    <name>Folded</name>
    <message>
        <source>unfolded</source>
        <translation>aberto</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>fechado</translation>
    </message>
</context>
<context>
    <name>Hints</name>
    <message>
        <source>No phrase says this.</source>
        <translation>Nenhuma frase diz isto.</translation>
    </message>
    <message>
        <source>Nothing waits for an answer.</source>
        <translation>Nada espera resposta.</translation>
    </message>
    <message>
        <source>There is nothing to repeat yet.</source>
        <translation>Ainda não há nada a repetir.</translation>
    </message>
    <message>
        <source>The doctor has said nothing yet.</source>
        <translation>O médico ainda não disse nada.</translation>
    </message>
    <message>
        <source>Nobody has said anything yet.</source>
        <translation>Ninguém disse nada ainda.</translation>
    </message>
    <message>
        <source>It is held: say it as it is, or leave it out.</source>
        <translation>Está retida: diga como está, ou deixe de fora.</translation>
    </message>
    <message>
        <source>This one has a gap to be filled.</source>
        <translation>Esta tem uma lacuna a preencher.</translation>
    </message>
</context>
<context>
    <name>HomeView</name>
    <message>
        <source>Start a visit, go on with one, or look at what was said.</source>
        <translation>Comece uma consulta, continue uma, ou veja o que foi dito.</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Início</translation>
    </message>
    <message>
        <source>Transcribe recordings</source>
        <translation>Transcrever gravações</translation>
    </message>
    <message>
        <source>Drop recordings here</source>
        <translation>Solte gravações aqui</translation>
    </message>
    <message>
        <source>They become transcripts in both languages, with speakers.</source>
        <translation>Tornam-se transcrições nas duas línguas, com quem falou.</translation>
    </message>
    <message>
        <source>Keep in mind</source>
        <translation>Tenha em mente</translation>
    </message>
    <message>
        <source>VoiceDoc is no qualified interpreter and no medical device. Machine translation makes errors that matter: have a person at hand who can check.</source>
        <translation>O VoiceDoc não é um intérprete qualificado nem um dispositivo médico. A tradução automática comete erros que importam: tenha por perto uma pessoa que possa conferir.</translation>
    </message>
    <message>
        <source>Show the introduction</source>
        <translation>Mostrar a introdução</translation>
    </message>
</context>
<context>
    <name>HomeViewModel</name>
    <message>
        <source>The visit was ended; what was said is kept.</source>
        <translation>A consulta foi encerrada; o que foi dito está guardado.</translation>
    </message>
</context>
<context>
    <name>HotKeys</name>
    <message>
        <source>Keys during a visit</source>
        <translation>Teclas durante uma consulta</translation>
    </message>
    <message>
        <source>All as at first</source>
        <translation>Todas como no início</translation>
    </message>
    <message>
        <source>Digits choose phrases that are offered; these stay as they are.</source>
        <translation>Os dígitos escolhem frases oferecidas; esses ficam como estão.</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>Mudar teclas</translation>
    </message>
    <message>
        <source>Press the key that you want.</source>
        <translation>Pressione a tecla que deseja.</translation>
    </message>
    <message>
        <source>The key {key} cannot be had: {taken}.</source>
        <translation>A tecla {key} não está livre: {taken}.</translation>
    </message>
    <message>
        <source>it always means the same</source>
        <translation>sempre significa o mesmo</translation>
    </message>
    <message>
        <source>a key of a visit is pressed alone</source>
        <translation>uma tecla da consulta é pressionada sozinha</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Escolha outra.</translation>
    </message>
    <message>
        <source>Press to talk, press again to let go</source>
        <translation>Pressionar para falar, pressionar de novo para soltar</translation>
    </message>
    <message>
        <source>Talk: the doctor</source>
        <translation>Falar: o médico</translation>
    </message>
    <message>
        <source>Talk: the patient</source>
        <translation>Falar: o paciente</translation>
    </message>
    <message>
        <source>That was the doctor</source>
        <translation>Era o médico quem falava</translation>
    </message>
    <message>
        <source>That was the patient</source>
        <translation>Era o paciente quem falava</translation>
    </message>
    <message>
        <source>Yes, to what is asked back</source>
        <translation>Sim, ao que é perguntado de volta</translation>
    </message>
    <message>
        <source>No, to what is asked back</source>
        <translation>Não, ao que é perguntado de volta</translation>
    </message>
    <message>
        <source>Say a held translation as it is</source>
        <translation>Dizer uma tradução retida como está</translation>
    </message>
    <message>
        <source>Leave a held translation out</source>
        <translation>Deixar de fora uma tradução retida</translation>
    </message>
    <message>
        <source>Say the last translation again</source>
        <translation>Dizer de novo a última tradução</translation>
    </message>
    <message>
        <source>The voice is silent at once</source>
        <translation>A voz se cala imediatamente</translation>
    </message>
    <message>
        <source>Find a reviewed phrase</source>
        <translation>Procurar uma frase revisada</translation>
    </message>
    <message>
        <source>Type what the doctor says</source>
        <translation>Digitar o que o médico diz</translation>
    </message>
    <message>
        <source>Have the patient repeat the last instruction</source>
        <translation>Fazer o paciente repetir a última instrução</translation>
    </message>
    <message>
        <source>Call a human interpreter</source>
        <translation>Chamar um intérprete humano</translation>
    </message>
    <message>
        <source>Listen no more; listen again</source>
        <translation>Deixar de escutar; escutar de novo</translation>
    </message>
    <message>
        <source>The note so far</source>
        <translation>A nota até agora</translation>
    </message>
    <message>
        <source>End the visit</source>
        <translation>Encerrar a consulta</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>How visits are kept</source>
        <translation>Como as consultas são guardadas</translation>
    </message>
    <message>
        <source>The visits are put under the new key</source>
        <translation>As consultas passam para a nova chave</translation>
    </message>
    <message>
        <source>Use a passphrase …</source>
        <translation>Usar uma frase-senha …</translation>
    </message>
    <message>
        <source>Use the computer&apos;s keyring</source>
        <translation>Usar o chaveiro do computador</translation>
    </message>
    <message>
        <source>Destroy them now</source>
        <translation>Destruí-las agora</translation>
    </message>
    <message>
        <source>Holds for visits to come. Those over their time are destroyed when the next one begins.</source>
        <translation>Vale para as próximas consultas. As que passaram do prazo são destruídas quando a próxima começa.</translation>
    </message>
    <message>
        <source>Destroy a visit</source>
        <translation>Destruir uma consulta</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Cifragem</translation>
    </message>
    <message>
        <source>looking …</source>
        <translation>procurando …</translation>
    </message>
    <message>
        <source>encrypted, key in the computer&apos;s keyring</source>
        <translation>cifradas, chave no chaveiro do computador</translation>
    </message>
    <message>
        <source>encrypted, key made of a passphrase</source>
        <translation>cifradas, chave feita de uma frase-senha</translation>
    </message>
    <message>
        <source>the first visit makes the key</source>
        <translation>a primeira consulta cria a chave</translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) in {folder}</source>
        <translation>
            <numerusform>%n consulta em {folder}</numerusform>
            <numerusform>%n consultas em {folder}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) are over their time.</source>
        <translation>
            <numerusform>%n consulta passou do prazo.</numerusform>
            <numerusform>%n consultas passaram do prazo.</numerusform>
        </translation>
    </message>
    <message>
        <source>when the next one begins</source>
        <translation>quando a próxima começa</translation>
    </message>
    <message>
        <source>after a day</source>
        <translation>depois de um dia</translation>
    </message>
    <message>
        <source>after {n} days</source>
        <translation>depois de {n} dias</translation>
    </message>
    <message>
        <source>never; somebody does it</source>
        <translation>nunca; alguém o faz</translation>
    </message>
    <message>
        <source>Destroy these visits?</source>
        <translation>Destruir estas consultas?</translation>
    </message>
    <message>
        <source>What was said in them, their sound and their notes can never be read again.</source>
        <translation>O que nelas foi dito, seu som e suas notas nunca mais poderão ser lidos.</translation>
    </message>
    <message>
        <source>Destroy them</source>
        <translation>Destruí-las</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Mantê-las</translation>
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
        <translation>alemão</translation>
    </message>
    <message>
        <source>English</source>
        <translation>inglês</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>espanhol</translation>
    </message>
    <message>
        <source>French</source>
        <translation>francês</translation>
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
        <translation>japonês</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>português</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>russo</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>chinês</translation>
    </message>
</context>
<context>
    <name>Level</name>
    <message>
        <source>Emergency</source>
        <translation>Emergência</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Urgente</translation>
    </message>
    <message>
        <source>Soon</source>
        <translation>Em breve</translation>
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
        <translation>Nível de {name}</translation>
    </message>
    <message>
        <source>not listening</source>
        <translation>não escuta</translation>
    </message>
    <message>
        <source>silence</source>
        <translation>silêncio</translation>
    </message>
    <message>
        <source>too loud</source>
        <translation>alto demais</translation>
    </message>
    <message>
        <source>loud</source>
        <translation>alto</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>ouvido</translation>
    </message>
</context>
<context>
    <name>LimitsStep</name>
    <message>
        <source>It is no qualified interpreter and no medical device.</source>
        <translation>Não é um intérprete qualificado nem um dispositivo médico.</translation>
    </message>
    <message>
        <source>Machine translation makes errors that matter. Have a person at hand who can check.</source>
        <translation>A tradução automática comete erros que importam. Tenha por perto uma pessoa que possa conferir.</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>O que faz</translation>
    </message>
    <message>
        <source>It listens to a doctor and a patient, writes down what each says, translates and speaks it.</source>
        <translation>Escuta um médico e um paciente, escreve o que cada um diz, traduz e fala.</translation>
    </message>
    <message>
        <source>It holds a translation that changed a dose, a drug, a side or a “not”, and asks you.</source>
        <translation>Retém uma tradução que mudou uma dose, um remédio, um lado ou um “não”, e pergunta a você.</translation>
    </message>
    <message>
        <source>It keeps everything encrypted on this machine. Nothing leaves it.</source>
        <translation>Guarda tudo cifrado nesta máquina. Nada sai dela.</translation>
    </message>
    <message>
        <source>It warns, and drafts notes; a person decides, and signs.</source>
        <translation>Avisa e rascunha notas; uma pessoa decide e assina.</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Línguas</translation>
    </message>
    <message>
        <source>Language of the app</source>
        <translation>Língua do aplicativo</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>O médico fala</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>O paciente fala</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como o sistema</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Back to it</source>
        <translation>Voltar a ela</translation>
    </message>
    <message>
        <source>Leave this place?</source>
        <translation>Sair deste lugar?</translation>
    </message>
    <message>
        <source>{what}. It goes on meanwhile, and a bar above leads back to it.</source>
        <translation>{what}. Continua entretanto, e uma barra acima leva de volta.</translation>
    </message>
    <message>
        <source>Look elsewhere</source>
        <translation>Olhar outro lugar</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Ficar</translation>
    </message>
    <message>
        <source>The part of the app that interprets ended unexpectedly.</source>
        <translation>A parte do aplicativo que interpreta terminou inesperadamente.</translation>
    </message>
    <message>
        <source>What was said is kept: a visit that had begun can be continued on the Visit screen.</source>
        <translation>O que foi dito está guardado: uma consulta que já tinha começado pode ser continuada na tela Consulta.</translation>
    </message>
    <message>
        <source>The part of the app that works in the background ended unexpectedly.</source>
        <translation>A parte do aplicativo que trabalha em segundo plano terminou inesperadamente.</translation>
    </message>
    <message>
        <source>Nothing that was kept is lost. It is started again when it is needed.</source>
        <translation>Nada do que foi guardado se perdeu. Ela é reiniciada quando for preciso.</translation>
    </message>
    <message>
        <source>The settings cannot be written: {why}</source>
        <translation>As configurações não podem ser gravadas: {why}</translation>
    </message>
    <message>
        <source>They hold until the app closes.</source>
        <translation>Valem até o aplicativo fechar.</translation>
    </message>
    <message>
        <source>Close VoiceDoc?</source>
        <translation>Fechar o VoiceDoc?</translation>
    </message>
    <message>
        <source>{what}. Closing ends it; what was said is kept.</source>
        <translation>{what}. Fechar a encerra; o que foi dito fica guardado.</translation>
    </message>
    <message>
        <source>End it and close</source>
        <translation>Encerrar e fechar</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>The licence of these weights is not settled. You may use them if you accept that:</source>
        <translation>A licença destes pesos não está definida. Você pode usá-los se aceitar isto:</translation>
    </message>
    <message>
        <source>Accept this licence?</source>
        <translation>Aceitar esta licença?</translation>
    </message>
    <message>
        <source>Accept and fetch</source>
        <translation>Aceitar e buscar</translation>
    </message>
    <message>
        <source>Do not fetch</source>
        <translation>Não buscar</translation>
    </message>
    <message>
        <source>Progress of {name}</source>
        <translation>Progresso de {name}</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Buscar</translation>
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
        <translation>Remover</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalhes</translation>
    </message>
    <message>
        <source>Fetch again</source>
        <translation>Buscar de novo</translation>
    </message>
    <message>
        <source>waiting for the one before</source>
        <translation>espera o anterior</translation>
    </message>
    <message>
        <source>computing every hash anew …</source>
        <translation>recalculando todos os hashes …</translation>
    </message>
    <message>
        <source>being removed …</source>
        <translation>sendo removido …</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
    <message>
        <source>beginning …</source>
        <translation>começando …</translation>
    </message>
    <message>
        <source>comes with a library</source>
        <translation>vem com uma biblioteca</translation>
    </message>
    <message>
        <source>there</source>
        <translation>presente</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>ausente</translation>
    </message>
    <message>
        <source>an older one</source>
        <translation>um mais antigo</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>danificado</translation>
    </message>
    <message>
        <source>Licence: {licence}</source>
        <translation>Licença: {licence}</translation>
    </message>
    <message>
        <source>to be accepted once</source>
        <translation>a ser aceita uma vez</translation>
    </message>
    <message>
        <source>Languages: {tags}</source>
        <translation>Línguas: {tags}</translation>
    </message>
    <message>
        <source>Profiles: {names}</source>
        <translation>Perfis: {names}</translation>
    </message>
    <message>
        <source>{n} files</source>
        <translation>{n} arquivos</translation>
    </message>
    <message>
        <source>Measured: {figures}</source>
        <translation>Medido: {figures}</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>não medido</translation>
    </message>
    <message>
        <source>Part of the library {name}: it comes and goes with that.</source>
        <translation>Parte da biblioteca {name}: vem e vai com ela.</translation>
    </message>
    <message>
        <source>It can be fetched again.</source>
        <translation>Pode ser buscado de novo.</translation>
    </message>
    <message>
        <source>These profiles need it: {names}.</source>
        <translation>Estes perfis precisam dele: {names}.</translation>
    </message>
    <message>
        <source>Remove {name}?</source>
        <translation>Remover {name}?</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
</context>
<context>
    <name>ModelLine</name>
    <message>
        <source>Progress of {name}</source>
        <translation>Progresso de {name}</translation>
    </message>
    <message>
        <source>Its licence is not settled ({licence}). I accept that.</source>
        <translation>A licença não está definida ({licence}). Eu aceito isso.</translation>
    </message>
    <message>
        <source>Accept the licence of {name}</source>
        <translation>Aceitar a licença de {name}</translation>
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
        <translation>buscando</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>falhou</translation>
    </message>
    <message>
        <source>part of a package</source>
        <translation>parte de um pacote</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>esperando</translation>
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
        <translation>Eles compreendem, traduzem e falam. São buscados uma vez, conferidos pelos hashes conhecidos, e trabalham nesta máquina. É a única vez que o VoiceDoc se conecta a algo.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Tentar de novo</translation>
    </message>
    <message>
        <source>Fetch {size}</source>
        <translation>Buscar {size}</translation>
    </message>
    <message>
        <source>Looking which models are there …</source>
        <translation>Procurando quais modelos existem …</translation>
    </message>
    <message>
        <source>The profile {name} does not interpret between these two languages.</source>
        <translation>O perfil {name} não interpreta entre estas duas línguas.</translation>
    </message>
    <message>
        <source>All models for these two languages are there and verified.</source>
        <translation>Todos os modelos para estas duas línguas estão presentes e verificados.</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) are missing: {size} to download.</source>
        <translation>
            <numerusform>Falta %n modelo: {size} para baixar.</numerusform>
            <numerusform>Faltam %n modelos: {size} para baixar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Some have no settled licence; read it, and accept it where you may.</source>
        <translation>Alguns não têm licença definida; leia-a, e aceite onde puder.</translation>
    </message>
</context>
<context>
    <name>ModelsView</name>
    <message>
        <source>Hears where somebody speaks</source>
        <translation>Ouve onde alguém fala</translation>
    </message>
    <message>
        <source>Understands speech</source>
        <translation>Compreende a fala</translation>
    </message>
    <message>
        <source>Tells voices apart</source>
        <translation>Distingue vozes</translation>
    </message>
    <message>
        <source>Translates</source>
        <translation>Traduz</translation>
    </message>
    <message>
        <source>Speaks</source>
        <translation>Fala</translation>
    </message>
    <message>
        <source>Compares meanings</source>
        <translation>Compara sentidos</translation>
    </message>
    <message>
        <source>Words questions and notes</source>
        <translation>Formula perguntas e notas</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Conhecimento</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Outros</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>They run on this computer. Only fetching them connects to anything.</source>
        <translation>Rodam neste computador. Só buscá-los se conecta a algo.</translation>
    </message>
    <message>
        <source>Models of which profile</source>
        <translation>Modelos de qual perfil</translation>
    </message>
    <message>
        <source>Fetch all of them</source>
        <translation>Buscar todos</translation>
    </message>
    <message>
        <source>Looking which models there are …</source>
        <translation>Procurando quais modelos existem …</translation>
    </message>
    <message>
        <source>No models</source>
        <translation>Nenhum modelo</translation>
    </message>
    <message>
        <source>This profile needs none that are known here.</source>
        <translation>Este perfil não precisa de nenhum dos conhecidos aqui.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Procurar de novo</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>Todos os modelos</translation>
    </message>
    <message>
        <source>Profile {name}</source>
        <translation>Perfil {name}</translation>
    </message>
    <message>
        <source>Profile {name} lacks {n} models, {size}</source>
        <translation>Ao perfil {name} faltam {n} modelos, {size}</translation>
    </message>
</context>
<context>
    <name>ModelsViewModel</name>
    <message>
        <source>Models are being fetched</source>
        <translation>Modelos estão sendo buscados</translation>
    </message>
    <message>
        <source>Fetched and verified, {size}.</source>
        <translation>Buscado e verificado, {size}.</translation>
    </message>
    <message>
        <source>{name} is there and verified.</source>
        <translation>{name} está presente e verificado.</translation>
    </message>
    <message>
        <source>Fetch it again.</source>
        <translation>Busque-o de novo.</translation>
    </message>
    <message>
        <source>Damaged: {files}</source>
        <translation>Danificado: {files}</translation>
    </message>
    <message>
        <source>{n} files are what they must be.</source>
        <translation>{n} arquivos são o que devem ser.</translation>
    </message>
    <message>
        <source>Removed; {size} are free.</source>
        <translation>Removido; {size} ficaram livres.</translation>
    </message>
    <message>
        <source>Stopped. What has arrived is kept for the next time.</source>
        <translation>Parado. O que chegou fica guardado para a próxima vez.</translation>
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
        <translation>Recolher</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Início</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Consulta</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisão</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Gravações</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Configurações</translation>
    </message>
</context>
<context>
    <name>NoVisit</name>
    <message>
        <source>Set up a visit</source>
        <translation>Preparar uma consulta</translation>
    </message>
    <message>
        <source>Choose the languages and devices on the first screen; the visit then goes on here.</source>
        <translation>Escolha as línguas e os aparelhos na primeira tela; a consulta segue aqui.</translation>
    </message>
    <message>
        <source>No visit is open</source>
        <translation>Nenhuma consulta aberta</translation>
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
        <translation>Qual nota</translation>
    </message>
    <message>
        <source>The note</source>
        <translation>A nota</translation>
    </message>
    <message>
        <source>Numbers in brackets are links to what was said</source>
        <translation>Números entre colchetes levam ao que foi dito</translation>
    </message>
    <message>
        <source>Edit the note</source>
        <translation>Editar a nota</translation>
    </message>
    <message>
        <source>Each sentence begins with a dash</source>
        <translation>Cada frase começa com um travessão</translation>
    </message>
    <message>
        <source>Draft the note</source>
        <translation>Rascunhar a nota</translation>
    </message>
    <message>
        <source>By rules, from what was said; every sentence says where</source>
        <translation>Por regras, a partir do que foi dito; cada frase diz de onde</translation>
    </message>
    <message>
        <source>Draft a summary for the patient</source>
        <translation>Rascunhar um resumo para o paciente</translation>
    </message>
    <message>
        <source>Draft anew</source>
        <translation>Rascunhar de novo</translation>
    </message>
    <message>
        <source>A new version; the ones before stay</source>
        <translation>Uma nova versão; as anteriores ficam</translation>
    </message>
    <message>
        <source>Draft by the model</source>
        <translation>Rascunho pelo modelo</translation>
    </message>
    <message>
        <source>What was said goes to the dialogue model on your network; rules judge every sentence</source>
        <translation>O que foi dito vai ao modelo de diálogo em sua rede; regras julgam cada frase</translation>
    </message>
    <message>
        <source>By the model</source>
        <translation>Pelo modelo</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Editar</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Your name, such as Dr Ana Silva</source>
        <translation>Seu nome, como Dra. Ana Silva</translation>
    </message>
    <message>
        <source>Who signs</source>
        <translation>Quem assina</translation>
    </message>
    <message>
        <source>The name of whoever answers for the note</source>
        <translation>O nome de quem responde pela nota</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Assinar</translation>
    </message>
    <message>
        <source>No note yet</source>
        <translation>Ainda sem nota</translation>
    </message>
    <message>
        <source>A draft is made of what was said, sentence by sentence. You read, edit and sign it.</source>
        <translation>Um rascunho é feito do que foi dito, frase por frase. Você lê, edita e assina.</translation>
    </message>
    <message>
        <source>[3, 5] are the lines that a sentence rests on. Keep the headings.</source>
        <translation>[3, 5] são as linhas em que uma frase se apoia. Mantenha os títulos.</translation>
    </message>
    <message>
        <source>{title} ({language}), version {number}</source>
        <translation>{title} ({language}), versão {number}</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Rascunho</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Assinada</translation>
    </message>
    <message>
        <source>Changed since signed</source>
        <translation>Mudada desde a assinatura</translation>
    </message>
    <message>
        <source>By signing as {name} you say that you have read it and answer for it.</source>
        <translation>Ao assinar como {name} você diz que a leu e responde por ela.</translation>
    </message>
    <message>
        <source>{n} of its sentences are marked as doubtful.</source>
        <translation>{n} das frases estão marcadas como duvidosas.</translation>
    </message>
    <message>
        <source>Sign this note?</source>
        <translation>Assinar esta nota?</translation>
    </message>
    <message>
        <source>I have read it: sign</source>
        <translation>Eu a li: assinar</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Ainda não</translation>
    </message>
</context>
<context>
    <name>NoteSoFar</name>
    <message>
        <source>Note so far</source>
        <translation>Nota até agora</translation>
    </message>
    <message>
        <source>Enter shows what a sentence rests on</source>
        <translation>Enter mostra em que uma frase se apoia</translation>
    </message>
    <message>
        <source>Nothing has been said yet that a note would hold.</source>
        <translation>Ainda não se disse nada que uma nota conteria.</translation>
    </message>
    <message>
        <source>A draft by rules. It is finished and signed in Review.</source>
        <translation>Um rascunho por regras. Termina-se e assina-se na Revisão.</translation>
    </message>
    <message>
        <source>Doubtful: look at what was said</source>
        <translation>Duvidoso: veja o que foi dito</translation>
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
        <translation>Carregando os modelos</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Desistir</translation>
    </message>
    <message>
        <source>Opening the devices and the store</source>
        <translation>Abrindo os aparelhos e o arquivo</translation>
    </message>
    <message>
        <source>{done} of {all} are loaded</source>
        <translation>{done} de {all} carregados</translation>
    </message>
    <message>
        <source>A session was over its time and has been destroyed: {session}</source>
        <translation>Uma sessão passou do prazo e foi destruída: {session}</translation>
    </message>
    <message>
        <source>Loading: who speaks when</source>
        <translation>Carregando: quem fala quando</translation>
    </message>
    <message>
        <source>Loading: understanding speech</source>
        <translation>Carregando: compreensão da fala</translation>
    </message>
    <message>
        <source>Loading: telling voices apart</source>
        <translation>Carregando: distinção de vozes</translation>
    </message>
    <message>
        <source>Loading: translation</source>
        <translation>Carregando: tradução</translation>
    </message>
    <message>
        <source>Loading: the voice</source>
        <translation>Carregando: a voz</translation>
    </message>
    <message>
        <source>Loading: reviewed phrases</source>
        <translation>Carregando: frases revisadas</translation>
    </message>
    <message>
        <source>Loading: {what}</source>
        <translation>Carregando: {what}</translation>
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
        <translation>Usá-la</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Frase-senha</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>A mesma outra vez</translation>
    </message>
    <message>
        <source>New passphrase for the stored visits</source>
        <translation>Nova frase-senha para as consultas guardadas</translation>
    </message>
    <message>
        <source>Passphrase of the stored visits</source>
        <translation>Frase-senha das consultas guardadas</translation>
    </message>
    <message>
        <source>Visits are kept encrypted. Without this passphrase nobody can read them again.</source>
        <translation>As consultas ficam cifradas. Sem esta frase-senha ninguém poderá lê-las de novo.</translation>
    </message>
    <message>
        <source>Visits are kept encrypted on this machine. It is asked for once, until the app closes.</source>
        <translation>As consultas ficam cifradas nesta máquina. É pedida uma vez, até o aplicativo fechar.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>Digite a frase-senha.</translation>
    </message>
    <message>
        <source>Use {n} letters or more; several words are good.</source>
        <translation>Use {n} letras ou mais; várias palavras são boas.</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>As duas não são iguais.</translation>
    </message>
</context>
<context>
    <name>PracticeStep</name>
    <message>
        <source>The practice is under way</source>
        <translation>O exercício está em curso</translation>
    </message>
    <message>
        <source>Listen to me</source>
        <translation>Escute-me</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Compreendido</translation>
    </message>
    <message>
        <source>Translated</source>
        <translation>Traduzidas</translation>
    </message>
    <message>
        <source>Read this sentence out</source>
        <translation>Leia esta frase em voz alta</translation>
    </message>
    <message>
        <source>Nothing of it is kept.</source>
        <translation>Nada dela é guardado.</translation>
    </message>
    <message>
        <source>Loading the models …</source>
        <translation>Carregando os modelos …</translation>
    </message>
    <message>
        <source>Read it out now. Listening for {n} seconds …</source>
        <translation>Leia agora em voz alta. Escutando por {n} segundos …</translation>
    </message>
    <message>
        <source>Understanding …</source>
        <translation>Compreendendo …</translation>
    </message>
    <message>
        <source>The models are not there yet.</source>
        <translation>Os modelos ainda não estão aqui.</translation>
    </message>
    <message>
        <source>Go back, and fetch them.</source>
        <translation>Volte e busque-os.</translation>
    </message>
    <message>
        <source>Nothing was understood.</source>
        <translation>Nada foi compreendido.</translation>
    </message>
    <message>
        <source>Come closer, and try again.</source>
        <translation>Chegue mais perto e tente de novo.</translation>
    </message>
    <message>
        <source>It was not spoken.</source>
        <translation>Não foi falado.</translation>
    </message>
    <message>
        <source>That works.</source>
        <translation>Funciona.</translation>
    </message>
    <message>
        <source>Compare it with what you said.</source>
        <translation>Compare com o que você disse.</translation>
    </message>
</context>
<context>
    <name>PromptPanel</name>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Why is a human interpreter called?</source>
        <translation>Por que se chama um intérprete humano?</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Chamar</translation>
    </message>
    <message>
        <source>Find a reviewed phrase: type what you want to say</source>
        <translation>Procure uma frase revisada: digite o que quer dizer</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Procurar</translation>
    </message>
    <message>
        <source>The doctor says (it is translated and spoken):</source>
        <translation>O médico diz (é traduzido e falado):</translation>
    </message>
    <message>
        <source>Say it</source>
        <translation>Dizer</translation>
    </message>
    <message>
        <source>End the visit? What is left to say is said first.</source>
        <translation>Encerrar a consulta? O que falta dizer é dito antes.</translation>
    </message>
    <message>
        <source>End the visit</source>
        <translation>Encerrar a consulta</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>Continuar com ela</translation>
    </message>
    <message>
        <source>Something is to be filled in: it is put into the line to be typed</source>
        <translation>Há algo a preencher: vai para a linha a digitar</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Type {word} to go on</source>
        <translation>Digite {word} para continuar</translation>
    </message>
</context>
<context>
    <name>QueueCard</name>
    <message>
        <source>Queue</source>
        <translation>Fila</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Try failed ones again</source>
        <translation>Tentar de novo as que falharam</translation>
    </message>
    <message>
        <source>Take out what is done</source>
        <translation>Tirar o que está pronto</translation>
    </message>
    <message>
        <source>All recordings</source>
        <translation>Todas as gravações</translation>
    </message>
    <message>
        <source>Nothing is waiting. Drop a recording above to begin.</source>
        <translation>Nada espera. Solte uma gravação acima para começar.</translation>
    </message>
    <message>
        <source>Looking what is there …</source>
        <translation>Vendo o que há …</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>{done} of {all} done</source>
        <translation>{done} de {all} prontas</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>em pausa</translation>
    </message>
    <message>
        <source>loading models …</source>
        <translation>carregando modelos …</translation>
    </message>
    <message>
        <source>looking what is there …</source>
        <translation>vendo o que há …</translation>
    </message>
</context>
<context>
    <name>QueueRow</name>
    <message>
        <source>Progress of {name}</source>
        <translation>Progresso de {name}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Tentar de novo</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Tirar</translation>
    </message>
    <message>
        <source>Take out of the list: {name}</source>
        <translation>Tirar da lista: {name}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>em pausa</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>esperando</translation>
    </message>
    <message>
        <source>being transcribed</source>
        <translation>sendo transcrita</translation>
    </message>
    <message>
        <source>done</source>
        <translation>pronta</translation>
    </message>
    <message>
        <source>was done before</source>
        <translation>já estava pronta</translation>
    </message>
    <message>
        <source>same as another</source>
        <translation>igual a outra</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>falhou</translation>
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
        <translation>{n} linhas</translation>
    </message>
    <message>
        <source>{n} findings</source>
        <translation>{n} achados</translation>
    </message>
    <message>
        <source>{n} lines failed</source>
        <translation>{n} linhas falharam</translation>
    </message>
</context>
<context>
    <name>RecentSessions</name>
    <message>
        <source>Recent visits</source>
        <translation>Consultas recentes</translation>
    </message>
    <message>
        <source>Looking for visits …</source>
        <translation>Procurando consultas …</translation>
    </message>
    <message>
        <source>What is said in one can be read here afterwards.</source>
        <translation>O que se diz em uma pode ser lido aqui depois.</translation>
    </message>
    <message>
        <source>No visits yet</source>
        <translation>Ainda não há consultas</translation>
    </message>
    <message>
        <source>All visits</source>
        <translation>Todas as consultas</translation>
    </message>
    <message>
        <source>A visit was cut off: {languages}</source>
        <translation>Uma consulta foi interrompida: {languages}</translation>
    </message>
    <message>
        <source>{when}. Nothing of it is lost.</source>
        <translation>{when}. Nada dela se perdeu.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>Encerrá-la</translation>
    </message>
    <message>
        <source>Continue the visit of {when}</source>
        <translation>Continuar a consulta de {when}</translation>
    </message>
    <message>
        <source>Open the visit of {when}</source>
        <translation>Abrir a consulta de {when}</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>recusada</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>interrompida</translation>
    </message>
    <message>
        <source>running</source>
        <translation>em curso</translation>
    </message>
    <message>
        <source>being destroyed</source>
        <translation>sendo destruída</translation>
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
        <translation>Gravações</translation>
    </message>
    <message>
        <source>Recorded consultations: who said what, when, in both languages. Nothing is sent.</source>
        <translation>Consultas gravadas: quem disse o quê, quando, nas duas línguas. Nada é enviado.</translation>
    </message>
    <message>
        <source>Drop recordings or folders here</source>
        <translation>Solte gravações ou pastas aqui</translation>
    </message>
    <message>
        <source>Any common format of audio or video</source>
        <translation>Qualquer formato comum de áudio ou vídeo</translation>
    </message>
    <message>
        <source>The next ones are transcribed as {languages}, profile {profile}. Change that below.</source>
        <translation>As próximas são transcritas como {languages}, perfil {profile}. Mude isso abaixo.</translation>
    </message>
    <message>
        <source>Choose a language below first.</source>
        <translation>Primeiro escolha uma língua abaixo.</translation>
    </message>
    <message>
        <source>Choose a kind of document below first.</source>
        <translation>Primeiro escolha um tipo de documento abaixo.</translation>
    </message>
    <message>
        <source>Choose a folder for the results below first.</source>
        <translation>Primeiro escolha abaixo uma pasta para os resultados.</translation>
    </message>
</context>
<context>
    <name>RecordingsViewModel</name>
    <message>
        <source>{n} recordings could not be transcribed.</source>
        <translation>{n} gravações não puderam ser transcritas.</translation>
    </message>
    <message>
        <source>Recordings says why; they can be tried again there.</source>
        <translation>Gravações diz por quê; lá se pode tentar de novo.</translation>
    </message>
    <message>
        <source>All recordings are transcribed.</source>
        <translation>Todas as gravações estão transcritas.</translation>
    </message>
    <message>
        <source>{n} recordings are not transcribed yet</source>
        <translation>{n} gravações ainda não foram transcritas</translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
    <message>
        <source>Review</source>
        <translation>Revisão</translation>
    </message>
    <message>
        <source>Open a folder …</source>
        <translation>Abrir uma pasta …</translation>
    </message>
    <message>
        <source>Results of recordings lie in folders</source>
        <translation>Resultados de gravações ficam em pastas</translation>
    </message>
    <message>
        <source>Choose a session</source>
        <translation>Escolha uma sessão</translation>
    </message>
    <message>
        <source>Its words, its sound and its note are shown here.</source>
        <translation>Suas palavras, seu som e sua nota aparecem aqui.</translation>
    </message>
    <message>
        <source>Opening the session …</source>
        <translation>Abrindo a sessão …</translation>
    </message>
    <message>
        <source>Open another session?</source>
        <translation>Abrir outra sessão?</translation>
    </message>
    <message>
        <source>{what}: it is lost then.</source>
        <translation>{what}: então se perde.</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Ficar</translation>
    </message>
    <message>
        <source>Which folder of results?</source>
        <translation>Qual pasta de resultados?</translation>
    </message>
</context>
<context>
    <name>ReviewViewModel</name>
    <message>
        <source>Ending the session</source>
        <translation>Encerrando a sessão</translation>
    </message>
    <message>
        <source>Writing the correction</source>
        <translation>Gravando a correção</translation>
    </message>
    <message>
        <source>What was typed: {text}</source>
        <translation>O que foi digitado: {text}</translation>
    </message>
    <message>
        <source>Naming the speaker</source>
        <translation>Nomeando quem fala</translation>
    </message>
    <message>
        <source>Drafting the note</source>
        <translation>Rascunhando a nota</translation>
    </message>
    <message>
        <source>The model drafts the note</source>
        <translation>O modelo rascunha a nota</translation>
    </message>
    <message>
        <source>Keeping the note</source>
        <translation>Guardando a nota</translation>
    </message>
    <message>
        <source>Signing</source>
        <translation>Assinando</translation>
    </message>
    <message>
        <source>The note is signed.</source>
        <translation>A nota está assinada.</translation>
    </message>
    <message>
        <source>Writing documents</source>
        <translation>Gravando documentos</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Escolha outra pasta.</translation>
    </message>
    <message>
        <source>Making the PDF</source>
        <translation>Fazendo o PDF</translation>
    </message>
    <message>
        <source>What is damaged was left out</source>
        <translation>O que está danificado ficou de fora</translation>
    </message>
    <message>
        <source>{n} files were written to {folder}</source>
        <translation>{n} arquivos foram gravados em {folder}</translation>
    </message>
    <message>
        <source>Destroying the session</source>
        <translation>Destruindo a sessão</translation>
    </message>
    <message>
        <source>The session is destroyed.</source>
        <translation>A sessão está destruída.</translation>
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
        <translation>Outra pessoa</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistente</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Alguém</translation>
    </message>
</context>
<context>
    <name>ServerForm</name>
    <message>
        <source>Dialogue model on your own network</source>
        <translation>Modelo de diálogo em sua própria rede</translation>
    </message>
    <message>
        <source>Use it, and try it</source>
        <translation>Usar e testar</translation>
    </message>
    <message>
        <source>Drafts of notes can be written by a model. Without one, rules do it, on this machine.</source>
        <translation>Rascunhos de notas podem ser escritos por um modelo. Sem ele, regras o fazem, nesta máquina.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Endereço</translation>
    </message>
    <message>
        <source>Up to and including /v1; empty is none.</source>
        <translation>Até /v1, inclusive; vazio é nenhum.</translation>
    </message>
    <message>
        <source>The model&apos;s name there</source>
        <translation>O nome do modelo lá</translation>
    </message>
    <message>
        <source>What people say in a visit will leave this machine, and go to {host}.</source>
        <translation>O que se diz em uma consulta sairá desta máquina e irá para {host}.</translation>
    </message>
    <message>
        <source>Use a machine that you trust with patients&apos; words, on a network of your own.</source>
        <translation>Use uma máquina a que confie palavras de pacientes, em uma rede sua.</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>Perguntando …</translation>
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
        <translation>Sessões</translation>
    </message>
    <message>
        <source>Search: date, language, id</source>
        <translation>Busca: data, língua, id</translation>
    </message>
    <message>
        <source>Search the sessions</source>
        <translation>Buscar nas sessões</translation>
    </message>
    <message>
        <source>By date, language, state or id</source>
        <translation>Por data, língua, estado ou id</translation>
    </message>
    <message>
        <source>Enter opens one</source>
        <translation>Enter abre uma</translation>
    </message>
    <message>
        <source>No sessions yet</source>
        <translation>Ainda não há sessões</translation>
    </message>
    <message>
        <source>What is said in a visit is kept here.</source>
        <translation>O que se diz em uma consulta é guardado aqui.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nada encontrado</translation>
    </message>
    <message>
        <source>No session has all of these words.</source>
        <translation>Nenhuma sessão tem todas estas palavras.</translation>
    </message>
    <message>
        <source>Looking for sessions …</source>
        <translation>Procurando sessões …</translation>
    </message>
    <message>
        <source>going on</source>
        <translation>em curso</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>interrompida</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>encerrada</translation>
    </message>
    <message>
        <source>being destroyed</source>
        <translation>sendo destruída</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>gravando</translation>
    </message>
</context>
<context>
    <name>SessionPanel</name>
    <message>
        <source>Session</source>
        <translation>Sessão</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Transcrição</translation>
    </message>
    <message>
        <source>Enter plays a line, Space pauses, F2 corrects it</source>
        <translation>Enter toca uma linha, espaço pausa, F2 a corrige</translation>
    </message>
    <message>
        <source>Lost in translation</source>
        <translation>Perdido na tradução</translation>
    </message>
    <message>
        <source>Changed in translation</source>
        <translation>Mudado na tradução</translation>
    </message>
    <message>
        <source>Added by the translation</source>
        <translation>Acrescentado pela tradução</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>desconhecido</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>alguém</translation>
    </message>
    <message>
        <source>✎ Corrected by {by}, {when}. Before: {before}</source>
        <translation>✎ Corrigido por {by}, {when}. Antes: {before}</translation>
    </message>
    <message>
        <source>Correct this text</source>
        <translation>Corrigir este texto</translation>
    </message>
    <message>
        <source>Enter keeps it, Escape leaves it as it was</source>
        <translation>Enter guarda, Escape deixa como estava</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sessões</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>Encerrá-la</translation>
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
        <translation>Procurar na transcrição</translation>
    </message>
    <message>
        <source>Enter goes to the next line that has it</source>
        <translation>Enter vai à próxima linha que o tem</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Corrigir</translation>
    </message>
    <message>
        <source>Correct what was said in the current line (F2)</source>
        <translation>Corrigir o que foi dito na linha atual (F2)</translation>
    </message>
    <message>
        <source>Correct translation</source>
        <translation>Corrigir a tradução</translation>
    </message>
    <message>
        <source>Correct the translation of the current line (Shift+F2)</source>
        <translation>Corrigir a tradução da linha atual (Shift+F2)</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Tocar</translation>
    </message>
    <message>
        <source>Back 5 seconds</source>
        <translation>Voltar 5 segundos</translation>
    </message>
    <message>
        <source>On 5 seconds</source>
        <translation>Avançar 5 segundos</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Gravação</translation>
    </message>
    <message>
        <source>Arrow keys go back and forth</source>
        <translation>As setas vão e voltam</translation>
    </message>
    <message>
        <source>This session has no sound.</source>
        <translation>Esta sessão não tem som.</translation>
    </message>
    <message>
        <source>What belongs to the session</source>
        <translation>O que pertence à sessão</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Achados</translation>
    </message>
    <message>
        <source>Speakers</source>
        <translation>Quem fala</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Sobre</translation>
    </message>
    <message>
        <source>{n} corrected</source>
        <translation>{n} corrigidas</translation>
    </message>
    <message>
        <source>Parts of this session cannot be read: {n}</source>
        <translation>Partes desta sessão não podem ser lidas: {n}</translation>
    </message>
    <message>
        <source>What is left is shown. A backup may have the rest.</source>
        <translation>O que resta é mostrado. Uma cópia de segurança pode ter o resto.</translation>
    </message>
    <message>
        <source>Findings ({n})</source>
        <translation>Achados ({n})</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>What was typed is not kept yet</source>
        <translation>O que foi digitado ainda não está guardado</translation>
    </message>
    <message>
        <source>All that was said goes to the dialogue model {model} on {host}, which words a draft.</source>
        <translation>Tudo o que foi dito vai ao modelo de diálogo {model} em {host}, que redige um rascunho.</translation>
    </message>
    <message>
        <source>The way there is not encrypted.</source>
        <translation>O caminho até lá não é criptografado.</translation>
    </message>
    <message>
        <source>Send what was said to {host}?</source>
        <translation>Enviar o que foi dito para {host}?</translation>
    </message>
    <message>
        <source>Send it</source>
        <translation>Enviar</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Agora não</translation>
    </message>
    <message>
        <source>Destroy this session for good?</source>
        <translation>Destruir esta sessão para sempre?</translation>
    </message>
    <message>
        <source>Its words, its sound and its notes are gone; nothing brings them back, except a backup. The list of deeds keeps that it was there. Documents that were written stay where they are.</source>
        <translation>Suas palavras, seu som e suas notas desaparecem; nada os traz de volta, a não ser uma cópia de segurança. O registro de ações guarda que ela existiu. Documentos que foram gravados ficam onde estão.</translation>
    </message>
    <message>
        <source>Destroy it</source>
        <translation>Destruí-la</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Mantê-la</translation>
    </message>
</context>
<context>
    <name>SettingsView</name>
    <message>
        <source>Settings</source>
        <translation>Configurações</translation>
    </message>
    <message>
        <source>What is changed here holds at once.</source>
        <translation>O que se muda aqui vale imediatamente.</translation>
    </message>
    <message>
        <source>Language and look</source>
        <translation>Língua e aparência</translation>
    </message>
    <message>
        <source>Language of the app</source>
        <translation>Língua do aplicativo</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Cores</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>Tamanho do texto</translation>
    </message>
    <message>
        <source>Microphones and loudspeaker</source>
        <translation>Microfones e alto-falante</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Consultas</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>O médico fala</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>O paciente fala</translation>
    </message>
    <message>
        <source>Which models are used, and on which machine they run well.</source>
        <translation>Quais modelos são usados, e em que máquina rodam bem.</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Perfil</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Sobre</translation>
    </message>
    <message>
        <source>VoiceDoc is no qualified interpreter and no medical device. Machine translation makes errors that matter: have a person at hand who can check.</source>
        <translation>O VoiceDoc não é um intérprete qualificado nem um dispositivo médico. A tradução automática comete erros que importam: tenha por perto uma pessoa que possa conferir.</translation>
    </message>
    <message>
        <source>Show the introduction</source>
        <translation>Mostrar a introdução</translation>
    </message>
    <message>
        <source>Push to talk</source>
        <translation>Apertar para falar</translation>
    </message>
    <message>
        <source>People are heard only while a button or the space bar is pressed.</source>
        <translation>As pessoas só são ouvidas enquanto um botão ou a barra de espaço está pressionada.</translation>
    </message>
    <message>
        <source>Show only</source>
        <translation>Só mostrar</translation>
    </message>
    <message>
        <source>Translations are shown and never spoken.</source>
        <translation>As traduções são mostradas e nunca faladas.</translation>
    </message>
    <message>
        <source>Check the sound first</source>
        <translation>Testar o som antes</translation>
    </message>
    <message>
        <source>Without it, speaking does not interrupt the voice.</source>
        <translation>Sem isso, falar não interrompe a voz.</translation>
    </message>
    <message>
        <source>Advice beside the visit</source>
        <translation>Avisos ao lado da consulta</translation>
    </message>
    <message>
        <source>Rules warn the clinician of red flags and of medicines that do not go together.</source>
        <translation>Regras avisam o clínico de sinais de alarme e de remédios que não combinam.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como o sistema</translation>
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
        <translation>Escuro</translation>
    </message>
</context>
<context>
    <name>SettingsViewModel</name>
    <message>
        <source>From now on visits are kept so long.</source>
        <translation>A partir de agora as consultas são guardadas por esse tempo.</translation>
    </message>
    <message>
        <source>The visits are under the new key.</source>
        <translation>As consultas estão sob a nova chave.</translation>
    </message>
    <message>
        <source>The visits that were over their time are destroyed.</source>
        <translation>As consultas que passaram do prazo estão destruídas.</translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>Advice and note</source>
        <translation>Avisos e nota</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>Avisos</translation>
    </message>
    <message>
        <source>Note so far</source>
        <translation>Nota até agora</translation>
    </message>
</context>
<context>
    <name>SoundStep</name>
    <message>
        <source>Microphones and loudspeaker</source>
        <translation>Microfones e alto-falante</translation>
    </message>
    <message>
        <source>Say a few words: the bar moves. Before each visit the sound is checked, with the loudspeaker.</source>
        <translation>Diga algumas palavras: a barra se move. Antes de cada consulta o som é testado, com o alto-falante.</translation>
    </message>
</context>
<context>
    <name>SpeakersPanel</name>
    <message>
        <source>Speakers</source>
        <translation>Quem fala</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Seu nome</translation>
    </message>
    <message>
        <source>Corrections are signed with</source>
        <translation>As correções são assinadas com</translation>
    </message>
    <message>
        <source>The history says who corrected what.</source>
        <translation>O histórico diz quem corrigiu o quê.</translation>
    </message>
    <message>
        <source>Nobody was told apart by voice. Each line says who spoke: doctor or patient.</source>
        <translation>Ninguém foi distinguido pela voz. Cada linha diz quem falou: médico ou paciente.</translation>
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
        <translation>outra pessoa</translation>
    </message>
    <message>
        <source>Role of {label}</source>
        <translation>Papel de {label}</translation>
    </message>
    <message>
        <source>Name of {label}</source>
        <translation>Nome de {label}</translation>
    </message>
    <message>
        <source>Name, such as Ana Silva</source>
        <translation>Nome, como Ana Silva</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>speaking</source>
        <translation>falando</translation>
    </message>
    <message>
        <source>understanding</source>
        <translation>compreendendo</translation>
    </message>
    <message>
        <source>translating</source>
        <translation>traduzindo</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>conferindo</translation>
    </message>
    <message>
        <source>held, not said</source>
        <translation>retida, não dita</translation>
    </message>
    <message>
        <source>asked back</source>
        <translation>perguntada de volta</translation>
    </message>
    <message>
        <source>to be said</source>
        <translation>a ser dita</translation>
    </message>
    <message>
        <source>being said</source>
        <translation>sendo dita</translation>
    </message>
    <message>
        <source>voice waits</source>
        <translation>a voz espera</translation>
    </message>
    <message>
        <source>said</source>
        <translation>dita</translation>
    </message>
    <message>
        <source>cut short</source>
        <translation>cortada</translation>
    </message>
    <message>
        <source>shown only</source>
        <translation>só mostrado</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>não dita</translation>
    </message>
    <message>
        <source>not translated</source>
        <translation>não traduzido</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>falhou</translation>
    </message>
    <message>
        <source>no words</source>
        <translation>sem palavras</translation>
    </message>
</context>
<context>
    <name>TalkButton</name>
    <message>
        <source>Doctor talks</source>
        <translation>O médico fala agora</translation>
    </message>
    <message>
        <source>Patient talks</source>
        <translation>O paciente fala agora</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>Soltar</translation>
    </message>
    <message>
        <source>Hold it while speaking, or press it once before and once after</source>
        <translation>Segure enquanto fala, ou pressione uma vez antes e uma depois</translation>
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
        <translation>Ao mais novo</translation>
    </message>
    <message>
        <source>Patient&apos;s screen</source>
        <translation>Tela do paciente</translation>
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
        <translation>Nenhum advogado e nenhum tradutor profissional revisou estas palavras. Mande revisar as suas.</translation>
    </message>
    <message>
        <source>There is no text in this language: have a person explain it.</source>
        <translation>Não há texto nesta língua: peça a uma pessoa que explique.</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>What is said</source>
        <translation>O que é dito</translation>
    </message>
    <message>
        <source>Arrow keys look back</source>
        <translation>As setas olham para trás</translation>
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
        <translation>{device} desapareceu</translation>
    </message>
    <message>
        <source>The session is safe up to here, and can be continued.</source>
        <translation>A sessão está a salvo até aqui e pode ser continuada.</translation>
    </message>
    <message>
        <source>The patient wants to stop</source>
        <translation>O paciente quer parar</translation>
    </message>
    <message>
        <source>The voice is silent and nothing is listened to, until you or the patient go on.</source>
        <translation>A voz está calada e nada é escutado, até você ou o paciente continuar.</translation>
    </message>
    <message>
        <source>The patient did not understand</source>
        <translation>O paciente não entendeu</translation>
    </message>
    <message>
        <source>The last sentence is said again.</source>
        <translation>A última frase é dita de novo.</translation>
    </message>
</context>
<context>
    <name>Turn</name>
    <message>
        <source>Translation</source>
        <translation>Tradução</translation>
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
        <translation>O que acontece</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>Parada</translation>
    </message>
    <message>
        <source>Time: {time}</source>
        <translation>Tempo: {time}</translation>
    </message>
    <message>
        <source>The doctor has the button</source>
        <translation>O médico tem o botão</translation>
    </message>
    <message>
        <source>The patient has the button</source>
        <translation>O paciente tem o botão</translation>
    </message>
    <message>
        <source>Human interpreter called</source>
        <translation>Intérprete humano chamado</translation>
    </message>
    <message>
        <source>{stage}: {seconds:.1f} s behind</source>
        <translation>{stage}: {seconds:.1f} s de atraso</translation>
    </message>
</context>
<context>
    <name>VisitSetup</name>
    <message>
        <source>New visit</source>
        <translation>Nova consulta</translation>
    </message>
    <message>
        <source>Fetch what is missing</source>
        <translation>Buscar o que falta</translation>
    </message>
    <message>
        <source>More choices</source>
        <translation>Mais opções</translation>
    </message>
    <message>
        <source>What both are told before</source>
        <translation>O que se diz aos dois antes</translation>
    </message>
    <message>
        <source>Start the visit</source>
        <translation>Começar a consulta</translation>
    </message>
    <message>
        <source>Loads the models, checks the sound and asks both for consent; then people talk.</source>
        <translation>Carrega os modelos, testa o som e pede o consentimento dos dois; depois se conversa.</translation>
    </message>
    <message>
        <source>Swap the two languages</source>
        <translation>Trocar as duas línguas</translation>
    </message>
    <message>
        <source>The doctor speaks</source>
        <translation>O médico fala</translation>
    </message>
    <message>
        <source>The patient speaks</source>
        <translation>O paciente fala</translation>
    </message>
    <message>
        <source>Push to talk</source>
        <translation>Apertar para falar</translation>
    </message>
    <message>
        <source>People are heard only while a button or the space bar is pressed.</source>
        <translation>As pessoas só são ouvidas enquanto um botão ou a barra de espaço está pressionada.</translation>
    </message>
    <message>
        <source>Show only</source>
        <translation>Só mostrar</translation>
    </message>
    <message>
        <source>Translations are shown and never spoken.</source>
        <translation>As traduções são mostradas e nunca faladas.</translation>
    </message>
    <message>
        <source>Check the sound first</source>
        <translation>Testar o som antes</translation>
    </message>
    <message>
        <source>Without it, speaking does not interrupt the voice.</source>
        <translation>Sem isso, falar não interrompe a voz.</translation>
    </message>
    <message>
        <source>Advice beside the visit</source>
        <translation>Avisos ao lado da consulta</translation>
    </message>
    <message>
        <source>Rules warn the clinician of red flags and of medicines that do not go together.</source>
        <translation>Regras avisam o clínico de sinais de alarme e de remédios que não combinam.</translation>
    </message>
    <message>
        <source>Which models are used, and on which machine they run well.</source>
        <translation>Quais modelos são usados, e em que máquina rodam bem.</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Perfil</translation>
    </message>
    <message>
        <source>Choose two different languages.</source>
        <translation>Escolha duas línguas diferentes.</translation>
    </message>
    <message>
        <source>The profile {name} does not interpret between these two languages.</source>
        <translation>O perfil {name} não interpreta entre estas duas línguas.</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) must be fetched before the first visit.</source>
        <translation>
            <numerusform>%n modelo precisa ser buscado antes da primeira consulta.</numerusform>
            <numerusform>%n modelos precisam ser buscados antes da primeira consulta.</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} to download, once.</source>
        <translation>{size} para baixar, uma vez.</translation>
    </message>
    <message>
        <source>Sound, words and translations are kept encrypted on this machine, and nowhere else.</source>
        <translation>Som, palavras e traduções ficam cifrados nesta máquina, e em nenhum outro lugar.</translation>
    </message>
    <message>
        <source>They are kept until somebody destroys them.</source>
        <translation>Ficam guardados até que alguém os destrua.</translation>
    </message>
    <message>
        <source>They are destroyed soon after the visit.</source>
        <translation>São destruídos pouco depois da consulta.</translation>
    </message>
    <message numerus="yes">
        <source>They are destroyed %n day(s) after the visit.</source>
        <translation>
            <numerusform>São destruídos %n dia depois da consulta.</numerusform>
            <numerusform>São destruídos %n dias depois da consulta.</numerusform>
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
        <translation>Uma consulta está em curso.</translation>
    </message>
    <message>
        <source>Ask the patient to say it again.</source>
        <translation>Peça ao paciente que diga de novo.</translation>
    </message>
</context>
<context>
    <name>WelcomeView</name>
    <message>
        <source>Welcome to VoiceDoc</source>
        <translation>Bem-vindo ao VoiceDoc</translation>
    </message>
    <message>
        <source>Four steps, once.</source>
        <translation>Quatro passos, uma vez.</translation>
    </message>
    <message>
        <source>Skip the rest</source>
        <translation>Pular o resto</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>O que é</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Som</translation>
    </message>
    <message>
        <source>One sentence</source>
        <translation>Uma frase</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>{n}. {name}</source>
        <translation>{n}. {name}</translation>
    </message>
    <message>
        <source>To the first visit</source>
        <translation>À primeira consulta</translation>
    </message>
</context>
<context>
    <name>WelcomeViewModel</name>
    <message>
        <source>All models are there and verified.</source>
        <translation>Todos os modelos estão presentes e verificados.</translation>
    </message>
    <message>
        <source>Models are being fetched</source>
        <translation>Modelos estão sendo buscados</translation>
    </message>
</context>
<context>
    <name>WishCard</name>
    <message>
        <source>How they are transcribed</source>
        <translation>Como são transcritas</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Fetch what is missing</source>
        <translation>Buscar o que falta</translation>
    </message>
    <message>
        <source>Doctor&apos;s language</source>
        <translation>Língua do médico</translation>
    </message>
    <message>
        <source>Patient&apos;s language</source>
        <translation>Língua do paciente</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Perfil</translation>
    </message>
    <message>
        <source>How many speak</source>
        <translation>Quantos falam</translation>
    </message>
    <message>
        <source>Translate into</source>
        <translation>Traduzir para</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documentos</translation>
    </message>
    <message>
        <source>Results go into</source>
        <translation>Os resultados vão para</translation>
    </message>
    <message>
        <source>Each recording gets a folder of its own in it</source>
        <translation>Cada gravação recebe nela uma pasta própria</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Escolher …</translation>
    </message>
    <message>
        <source>Results are not encrypted: whoever can open the folder can read them.</source>
        <translation>Os resultados não são cifrados: quem pode abrir a pasta pode lê-los.</translation>
    </message>
    <message>
        <source>Translate into {language}</source>
        <translation>Traduzir para {language}</translation>
    </message>
    <message>
        <source>found out</source>
        <translation>descoberto</translation>
    </message>
    <message>
        <source>Models of this profile are missing: {names}</source>
        <translation>Faltam modelos deste perfil: {names}</translation>
    </message>
    <message>
        <source>What needs them fails until they are there.</source>
        <translation>O que precisa deles falha até chegarem.</translation>
    </message>
    <message>
        <source>Where do results go?</source>
        <translation>Para onde vão os resultados?</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Listening page</source>
        <translation>Página para ouvir</translation>
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
        <translation>Não há texto nesta língua: peça a uma pessoa que explique.</translation>
    </message>
</context>
</TS>
