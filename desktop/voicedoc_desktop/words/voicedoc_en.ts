<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Keeping</name>
    <message numerus="yes">
        <source>%n visit(s) in {folder}</source>
        <translation>
            <numerusform>%n visit in {folder}</numerusform>
            <numerusform>%n visits in {folder}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s) are over their time.</source>
        <translation>
            <numerusform>%n visit is over its time.</numerusform>
            <numerusform>%n visits are over their time.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelsStep</name>
    <message numerus="yes">
        <source>%n model(s) are missing: {size} to download.</source>
        <translation>
            <numerusform>%n model is missing: {size} to download.</numerusform>
            <numerusform>%n models are missing: {size} to download.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VisitSetup</name>
    <message numerus="yes">
        <source>%n model(s) must be fetched before the first visit.</source>
        <translation>
            <numerusform>%n model must be fetched before the first visit.</numerusform>
            <numerusform>%n models must be fetched before the first visit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They are destroyed %n day(s) after the visit.</source>
        <translation>
            <numerusform>They are destroyed %n day after the visit.</numerusform>
            <numerusform>They are destroyed %n days after the visit.</numerusform>
        </translation>
    </message>
</context>
</TS>
