"""What the lessons of the benchmark are made of: texts in both languages, and no two of a kind.

`{a}` and `{b}` are people, `{firm}` is a firm with a name of its own in each lesson, `{thing}` is
what they talk about.
"""

from __future__ import annotations

from typing import TypeAlias

Text: TypeAlias = tuple[str, str]
"""The same in English and in Romanian."""

LANGUAGES = ("en", "ro")

PEOPLE = (
    *("Ana", "Victor", "Irina", "Radu", "Ioana", "Mihai", "Elena", "Sorin", "Daria", "Ștefan"),
    *("Oana", "Petru", "Carmen", "Andrei", "Sanda", "Călin", "Ilinca", "Tudor", "Mara", "Ovidiu"),
)

THINGS: tuple[Text, ...] = (
    ("the delivery date", "termenul de livrare"),
    ("last month’s invoice", "factura de luna trecută"),
    ("Friday’s report", "raportul de vineri"),
    ("this year’s budget", "bugetul pe anul acesta"),
    ("the service contract", "contractul de întreținere"),
    ("the extended guarantee", "garanția extinsă"),
    ("the change request", "cererea de modificare"),
    ("the test results", "rezultatele testelor"),
    ("the training of the team", "instruirea echipei"),
    ("the access rights", "drepturile de acces"),
    ("the server move", "mutarea serverului"),
    ("the late fee", "penalizarea de întârziere"),
    ("the price offer", "oferta de preț"),
    ("the migration plan", "planul de migrare"),
    ("the opening hours", "programul de lucru"),
    ("the missing parts", "piesele lipsă"),
)

SENTENCES: tuple[Text, ...] = (
    (
        "{b} runs the office at {firm} and has waited two weeks for {thing}.",
        "{b} conduce biroul de la {firm} și așteaptă de două săptămâni {thing}.",
    ),
    (
        "{a} knows the facts about {thing}, but not yet what they mean for {b}.",
        "{a} cunoaște faptele despre {thing}, dar încă nu și ce înseamnă ele pentru {b}.",
    ),
    (
        "Before the call, {a} writes down in one sentence what should be clear at the end.",
        "Înainte de apel, {a} notează într-o singură frază ce trebuie să fie clar la sfârșit.",
    ),
    (
        "A pause of five seconds feels long to whoever keeps it and short to whoever thinks.",
        "O pauză de cinci secunde pare lungă celui care o face și scurtă celui care gândește.",
    ),
    (
        "Ask first about {thing}, and wait until the answer is complete.",
        "Întrebați mai întâi despre {thing} și așteptați până când răspunsul e complet.",
    ),
    (
        "At {firm} nobody had spoken openly about {thing} until then.",
        "La {firm}, nimeni nu vorbise deschis până atunci despre {thing}.",
    ),
    (
        "Say it in one breath: what happened, what follows for them and what you do next.",
        "Spuneți totul dintr-o suflare: ce s-a întâmplat, ce urmează pentru ei și ce faceți.",
    ),
    (
        "{b} hears the first sentence and weighs every further word against it.",
        "{b} aude prima frază și cântărește după ea fiecare cuvânt care urmează.",
    ),
    (
        "An excuse may be true and still sound like a door that closes.",
        "O scuză poate fi adevărată și totuși să sune ca o ușă care se închide.",
    ),
    (
        "Whoever explains too early answers a question that nobody has asked.",
        "Cine explică prea devreme răspunde la o întrebare pe care n-a pus-o nimeni.",
    ),
    (
        "{a} repeats the last words, {b} corrects one of them, and the talk moves on.",
        "{a} repetă ultimele cuvinte, {b} corectează unul, iar discuția merge mai departe.",
    ),
    (
        "Note how things stand with {thing}, and the day on which you will report again.",
        "Notați cum stau lucrurile cu {thing} și ziua în care reveniți cu vești.",
    ),
    (
        "A date you can keep is worth more than one that pleases.",
        "Un termen pe care îl puteți respecta valorează mai mult decât unul care place.",
    ),
    (
        "The client at {firm} does not need comfort but something to tell the director.",
        "Clientul de la {firm} nu vrea consolare, ci ceva ce îi poate spune directorului.",
    ),
    (
        "When voices rise, speak more slowly and leave {thing} aside for a moment.",
        "Când se ridică tonul, vorbiți mai rar și lăsați deoparte pentru o clipă {thing}.",
    ),
    (
        "You may take a feeling seriously without granting the claim behind it.",
        "Puteți lua în serios o emoție fără să acceptați și pretenția din spatele ei.",
    ),
    (
        "{a} names the mistake before {b} goes to look for it.",
        "{a} spune greșeala pe nume înainte ca {b} să o caute.",
    ),
    (
        "Two questions are enough if the second one follows from the first answer.",
        "Două întrebări ajung, dacă a doua se leagă de primul răspuns.",
    ),
    (
        "What was agreed about {thing} belongs in a short message on the same day.",
        "Ce s-a stabilit despre {thing} se trimite într-un mesaj scurt, în aceeași zi.",
    ),
    (
        "If {firm} asks for more than the contract holds, begin with what is possible.",
        "Dacă {firm} cere mai mult decât prevede contractul, începeți cu ce se poate.",
    ),
    (
        "Silence is not agreement, and a nod on a screen is even less.",
        "Tăcerea nu înseamnă acord, iar o încuviințare pe ecran, cu atât mai puțin.",
    ),
    (
        "{b} breaks off in the middle of a sentence about {thing} and looks away.",
        "{b} se oprește la mijlocul unei fraze despre {thing} și își mută privirea.",
    ),
    (
        "Nobody at {firm} remembers the third argument, but everybody remembers the tone.",
        "Nimeni de la {firm} nu mai știe al treilea argument, dar toți își amintesc tonul.",
    ),
    (
        "Offer two ways, each with its price, and leave the choice to the client.",
        "Propuneți două căi, fiecare cu prețul ei, și lăsați alegerea în seama clientului.",
    ),
    (
        "It helps to begin with the hardest part, since everybody is waiting for it.",
        "Ajută să începeți cu partea cea mai grea, fiindcă toată lumea o așteaptă.",
    ),
    (
        "{a} keeps both hands on the table and goes through {thing} once more.",
        "{a} ține mâinile pe masă și mai ia o dată la rând {thing}.",
    ),
    (
        "The first answer to a complaint decides whether there will be a second one.",
        "Primul răspuns la o reclamație hotărăște dacă mai urmează și o a doua.",
    ),
    (
        "Whoever speaks about {thing} sits on the same side of the table as {b}.",
        "Cine vorbește despre {thing} stă de aceeași parte a mesei cu {b}.",
    ),
    (
        "Thank them for the plain words, also when they were loud.",
        "Mulțumiți pentru vorbele deschise, chiar și când au fost spuse tare.",
    ),
    (
        "After the talk, {a} takes ten minutes before the next call.",
        "După discuție, {a} își ia zece minute înainte de următorul apel.",
    ),
    (
        "Trust grows out of small promises that were kept in time.",
        "Încrederea crește din promisiuni mici, ținute la timp.",
    ),
    (
        "The director of {firm} wants to know by noon how things stand with {thing}.",
        "Directorul de la {firm} vrea să știe până la prânz cum stau lucrurile cu {thing}.",
    ),
    (
        "A client who gets no answer makes one up.",
        "Un client care nu primește răspuns își închipuie singur unul.",
    ),
    (
        "Never argue about a figure before you know what it is used for.",
        "Nu vă certați pe o cifră înainte să știți la ce folosește.",
    ),
    (
        "{a} asks for permission to speak about {thing} and gets it.",
        "{a} cere voie să vorbească despre {thing} și o primește.",
    ),
    (
        "Where {b} expects a defence, a question opens the conversation.",
        "Acolo unde {b} așteaptă o apărare, o întrebare deschide conversația.",
    ),
    (
        "Read the message aloud before you send it to {firm}.",
        "Citiți mesajul cu voce tare înainte de a-l trimite la {firm}.",
    ),
    (
        "Expectations that were never spoken cannot be met by anyone.",
        "Așteptările care n-au fost rostite niciodată nu le poate împlini nimeni.",
    ),
    (
        "What sounds like anger is often worry about {thing}.",
        "Ce sună a furie este adesea grijă pentru {thing}.",
    ),
    (
        "In the end {b} says what was missing from the start: somebody who calls back.",
        "La sfârșit, {b} spune ce a lipsit de la început: cineva care sună înapoi.",
    ),
)

ITEMS: tuple[Text, ...] = (
    ("What has happened, with the date", "Ce s-a întâmplat, cu data"),
    ("What {firm} was told, and by whom", "Ce i s-a spus firmei {firm} și de către cine"),
    ("What you are allowed to offer", "Ce aveți voie să oferiți"),
    ("The question you would rather not hear", "Întrebarea pe care n-ați vrea s-o auziți"),
    ("One sentence about {thing}", "O singură frază despre {thing}"),
    ("The name of the person who decides", "Numele persoanei care hotărăște"),
    ("A time at which nobody has to hurry", "O oră la care nu se grăbește nimeni"),
    ("The last message from {b}", "Ultimul mesaj de la {b}"),
    ("What you can promise for tomorrow", "Ce puteți promite pentru mâine"),
    ("Who else should be on the call", "Cine mai trebuie să fie la apel"),
    ("The part that was your own mistake", "Partea în care greșeala a fost a dumneavoastră"),
    ("What would be a good result for both", "Ce rezultat ar fi bun pentru ambele părți"),
    ("The words with which you stop the talk", "Cuvintele cu care opriți discuția"),
    ("Where the agreement is written down", "Unde se notează ce s-a stabilit"),
)

PHRASES: tuple[Text, ...] = (
    ("“What was that like for you?”", "„Cum a fost asta pentru dumneavoastră?”"),
    ("“Have I got that right?”", "„Am înțeles bine?”"),
    ("“Here is what I know today.”", "„Iată ce știu astăzi.”"),
    ("“That was our mistake.”", "„A fost greșeala noastră.”"),
    ("“What do you need by noon?”", "„De ce aveți nevoie până la prânz?”"),
    ("“Let us look at {thing} together.”", "„Să ne uităm împreună peste {thing}.”"),
    ("“I will call you on Thursday at nine.”", "„Vă sun joi la ora nouă.”"),
    ("“Which of the two would help more?”", "„Care dintre cele două v-ar ajuta mai mult?”"),
)

HEADINGS: dict[str, Text] = {
    "first-sentence": ("The first sentence", "Prima frază"),
    "silence": ("What silence does", "Ce face tăcerea"),
    "facts": ("Facts before opinions", "Faptele înaintea părerilor"),
    "feelings": ("Taking feelings seriously", "Emoțiile, luate în serios"),
    "mistake": ("Naming the mistake", "Greșeala, spusă pe nume"),
    "two-ways": ("Two ways with a price", "Două căi cu prețul lor"),
    "promise": ("A promise you can keep", "O promisiune pe care o puteți ține"),
    "agreed": ("Writing down what was agreed", "Ce s-a stabilit, în scris"),
    "limits": ("Where the contract ends", "Unde se oprește contractul"),
    "questions": ("Questions that open", "Întrebări care deschid"),
    "tone": ("Tone and pace", "Tonul și ritmul"),
    "afterwards": ("After the conversation", "După conversație"),
}

COLUMNS: tuple[Text, ...] = (
    ("Situation", "Situația"),
    ("What you hear", "Ce auziți"),
    ("What helps", "Ce ajută"),
)

CELLS: tuple[tuple[Text, ...], ...] = (
    (
        ("The date has moved", "Termenul s-a mutat"),
        ("The bill is higher", "Factura e mai mare"),
        ("The wish is new", "Dorința e nouă"),
        ("The client is silent", "Clientul tace"),
        ("The tone is sharp", "Tonul e tăios"),
        ("Two people disagree", "Doi oameni nu se înțeleg"),
    ),
    (
        ("“You said Monday.”", "„Ați spus luni.”"),
        ("“Nobody told me.”", "„Nu mi-a spus nimeni.”"),
        ("“It is only a small thing.”", "„E doar un lucru mărunt.”"),
        ("“I see.”", "„Am înțeles.”"),
        ("“Who decides this?”", "„Cine hotărăște?”"),
        ("“Put it in writing.”", "„Trimiteți-mi în scris.”"),
    ),
    (
        ("a true date", "un termen real"),
        ("a list with reasons", "o listă cu motive"),
        ("a price for each way", "un preț pentru fiecare cale"),
        ("a question and a pause", "o întrebare și o pauză"),
        ("slow and short sentences", "fraze rare și scurte"),
        ("one paper for both", "o foaie pentru amândoi"),
    ),
)

STEMS: tuple[Text, ...] = (
    ("What does {a} do first?", "Ce face {a} mai întâi?"),
    ("Which sentence keeps the talk open?", "Ce frază ține discuția deschisă?"),
    ("What does {b} need now?", "De ce are nevoie acum {b}?"),
    ("What belongs in the message to {firm}?", "Ce trebuie să conțină mesajul către {firm}?"),
    ("How does {a} go on about {thing}?", "Cum continuă {a} discuția despre {thing}?"),
)

STATEMENTS: tuple[Text, ...] = (
    (
        "{a} does best to speak about {thing} at once.",
        "Cel mai bine e ca {a} să vorbească imediat despre {thing}.",
    ),
    (
        "The silence of {firm} about {thing} means consent.",
        "Tăcerea celor de la {firm} despre {thing} înseamnă acord.",
    ),
)

OPTIONS: tuple[Text, ...] = (
    ("Ask what the delay has cost them.", "Întreabă ce i-a costat întârzierea."),
    ("Explain how it came about.", "Explică de unde a pornit totul."),
    ("Wait until the sentence is complete.", "Așteaptă până când fraza e încheiată."),
    ("Name a date that will surely hold.", "Numește un termen care sigur se respectă."),
    ("Offer a discount at once.", "Oferă pe loc o reducere."),
    ("Repeat the last words and be silent.", "Repetă ultimele cuvinte și tace."),
    ("Refer to the contract.", "Trimite la contract."),
    ("Say plainly whose mistake it was.", "Spune limpede a cui a fost greșeala."),
    ("Promise to look into it some time.", "Promite că se interesează cândva."),
    ("Put two ways on the table.", "Pune pe masă două căi."),
    ("Change the subject.", "Schimbă subiectul."),
    ("Ask who has to be told by noon.", "Întreabă cine trebuie anunțat până la prânz."),
)

FEEDBACK: tuple[Text, ...] = (
    (
        "{b} has an answer for the director and calls again tomorrow, calmly.",
        "{b} are ce să îi spună directorului și sună din nou mâine, cu calm.",
    ),
    (
        "{b} hears a defence and stops telling what the matter with {thing} is.",
        "{b} aude o apărare și nu mai spune ce se întâmplă cu {thing}.",
    ),
    (
        "Now it is on the table what {firm} really waits for.",
        "Acum e limpede ce așteaptă, de fapt, cei de la {firm}.",
    ),
    (
        "For today the call is shorter; on Friday the same question comes back.",
        "Astăzi apelul se scurtează; vineri, aceeași întrebare se întoarce.",
    ),
    (
        "{b} goes on after a while and names the true reason.",
        "{b} continuă după o vreme și spune adevăratul motiv.",
    ),
    (
        "The price is settled before anyone knows what it is paid for.",
        "Prețul e hotărât înainte să se știe pentru ce se plătește.",
    ),
    (
        "At {firm} they write to the next higher level, with a copy to everybody.",
        "Cei de la {firm} scriu nivelului următor, cu copie la toată lumea.",
    ),
    (
        "The two of them leave the call with the same note about {thing}.",
        "Cei doi ies din apel cu aceeași notiță despre {thing}.",
    ),
)

OBJECTIVES: dict[str, Text] = {
    "open": (
        "Open a talk with {firm} about {thing} in one plain sentence.",
        "Deschideți printr-o frază limpede o discuție cu {firm} despre {thing}.",
    ),
    "keep-silent": (
        "Keep silent for five seconds after a question to {b}.",
        "Păstrați cinci secunde de tăcere după o întrebare pentru {b}.",
    ),
}

TITLE: Text = ("Talking with {firm} about {thing}", "O discuție cu {firm} despre {thing}")
ABOUT: Text = (
    "How {a} speaks with {b} of {firm} about {thing}.",
    "Cum vorbește {a} cu {b} de la {firm} despre {thing}.",
)
SCENE: Text = ("The call from {firm}", "Apelul de la {firm}")
SEE: Text = ("More about this", "Mai multe despre asta")
STEPS: Text = ("Step by step", "Pas cu pas")
HOME: Text = ("A generated course", "Un curs generat")
ABOUT_HOME: Text = ("Lessons to measure with.", "Lecții pentru măsurători.")
PART: Text = ("Part {number}", "Partea {number}")
EDITED = "This sentence came with edit {number}."
