"""Polarity, modality and speaker of a word, told by what governs it: one sentence for each cue.

Figures over many sentences are in ``test_claims.py``; here every rule of `attribution` has a
sentence that needs it, and one that only looks like it.
"""

from __future__ import annotations

from functools import cache

import pytest

from actorgraph.extract.attribution import ascribe, attribution_of
from actorgraph.extract.language import load_nlp
from actorgraph.extract.stating.commitment import Attribution
from actorgraph.extract.stating.triggers import load_relations
from actorgraph.schema import Modality, Polarity

pytestmark = pytest.mark.model
lexicon = cache(load_relations)


def read(sentence, **how):
    """What is made of the word between asterisks, in words: *denied, reported, by Paris*."""
    before, word, _ = sentence.split("*")
    doc = load_nlp()(sentence.replace("*", ""))
    trigger = doc.char_span(len(before), len(before + word))[0]
    return told(attribution_of(trigger, lexicon(), **how))


def told(found):
    parts = ["denied"] if found.negated else []
    parts += [str(found.modality)] if found.modality != Modality.ASSERTED else []
    parts += [f"by {found.speaker.text}"] if found.speaker is not None else []
    parts += [name for name in ("able", "ended") if getattr(found, name)]
    return ", ".join(parts) or "fact"


READINGS = [
    # The clause itself
    ("Turkey *bought* the S-400.", "fact"),
    ("Turkey did not *buy* the S-400.", "denied"),
    ("Turkey never *bought* the S-400.", "denied"),
    ("No country *bought* the S-400.", "denied"),
    ("Turkey *bought* no S-400.", "denied"),
    ("Nowhere did India *buy* the Rafale.", "denied"),
    ("India is no longer *buying* the Rafale.", "denied"),
    ("India has not only *bought* the Rafale but sold it.", "fact"),
    ("Turkey may *buy* the S-400.", "hypothetical"),
    ("Turkey will *buy* the S-400.", "hypothetical"),
    ("Turkey could not *buy* the S-400.", "denied, hypothetical"),
    ("The S-400 can *hit* targets in Greece.", "able"),
    ("India to *buy* the Rafale.", "hypothetical"),
    ("India possibly *bought* the Rafale.", "hypothetical"),
    ("India reportedly *bought* the Rafale.", "reported"),
    ("India *bought* the Rafale, perhaps.", "hypothetical"),
    # The author's own word, and what is thought
    ("I will say that India *bought* the Rafale.", "fact"),
    ("We reaffirm that India *bought* the Rafale.", "fact"),
    ("I believe that India *bought* the Rafale.", "reported, by I"),
    ("We said that India *bought* the Rafale.", "reported, by We"),
    ("He will say that India *bought* the Rafale.", "hypothetical, by He"),
    ("Kenya reaffirmed that India *bought* the Rafale.", "reported, by Kenya"),
    ("Kenya thought it could win when it *attacked* Uganda.", "fact"),
    ("Kenya said it could win when it *attacked* Uganda.", "reported, by Kenya"),
    (
        "During the talks, the first in Rome, both sides said India *bought* it.",
        "reported, by sides",
    ),
    ("Kenya *sold* the jets; the leaders reaffirmed their intent.", "fact"),
    ("Maybe India *bought* the Rafale.", "hypothetical"),
    ("Did India *buy* the Rafale?", "hypothetical"),
    ("Was the *attack* on Iran planned?", "hypothetical"),
    # Conditions
    ("If India *buys* the Rafale, Pakistan protests.", "hypothetical"),
    ("India, if it *buys* the Rafale, must pay.", "hypothetical"),
    ("India *buys* the Rafale if France lowers the price.", "hypothetical"),
    ("Even if France lowers the price, India *buys* the Rafale.", "fact"),
    ("If you ask me, power explains their *desire* to join.", "fact"),
    ("If you ask me, France *sells* the Rafale.", "hypothetical"),
    ("France *sells* the Rafale as if nothing had happened.", "fact"),
    ("Were Russia to *attack* Estonia, NATO would help.", "hypothetical"),
    ("Should China *attack* Japan, America would help.", "hypothetical"),
    ("Had Iran *signed* the treaty, it would be safe.", "hypothetical"),
    ("Whether India *bought* the Rafale is unknown.", "hypothetical"),
    # Verbs that take a clause
    ("India wants to *buy* the Rafale.", "hypothetical"),
    ("India plans to *buy* the Rafale.", "hypothetical"),
    ("India refused to *buy* the Rafale.", "denied"),
    ("India did not refuse to *buy* the Rafale.", "fact"),
    ("India managed to *buy* the Rafale.", "fact"),
    ("India did not manage to *buy* the Rafale.", "denied"),
    ("India has yet to *buy* the Rafale.", "denied"),
    ("India is to *buy* the Rafale.", "hypothetical"),
    ("India had to *buy* the Rafale.", "fact"),
    ("India decided to *buy* the Rafale.", "hypothetical"),
    ("India chose to *buy* the Rafale.", "fact"),
    ("India was equipped to *attack* Pakistan.", "able"),
    ("The missile was not designed to *hit* satellites.", "denied, able"),
    ("The radar was built to *counter* the F-35.", "able"),
    ("Russia built the radar to *counter* the F-35.", "hypothetical"),
    ("To *attack* Iran, Israel needs tankers.", "hypothetical"),
    ("It is folly for Israel to *attack* Iran.", "hypothetical"),
    ("Russia, hoping to *attack* Poland, armed.", "hypothetical"),
    ("India used the jet to *attack* Pakistan.", "fact"),
    ("Berlin urged Paris to *sell* the Rafale.", "hypothetical"),
    ("India avoided *buying* the Rafale.", "denied"),
    ("India gave up *buying* the Rafale.", "denied"),
    ("India stopped *buying* the Rafale.", "denied"),
    ("India enjoyed *buying* the Rafale.", "fact"),
    # Adjectives
    ("India is able to *buy* the Rafale.", "able"),
    ("India is unable to *buy* the Rafale.", "denied"),
    ("India is ready to *buy* the Rafale.", "hypothetical"),
    ("India is unlikely to *buy* the Rafale.", "hypothetical"),
    ("India was proud to *buy* the Rafale.", "fact"),
    ("India was glad to have *bought* the Rafale.", "fact"),
    ("India is too poor to *buy* the Rafale.", "denied"),
    ("It is too early to *attack* Iran.", "denied"),
    ("It is not easy to *attack* Iran.", "denied, hypothetical"),
    ("India is capable of *buying* the Rafale.", "able"),
    ("France is not capable of *attacking* Iran.", "denied, able"),
    ("India is incapable of *buying* the Rafale.", "denied"),
    ("India is afraid of *buying* the Rafale.", "hypothetical"),
    ("India is proud of *buying* the Rafale.", "fact"),
    # What is said
    ("France said that India *bought* the Rafale.", "reported, by France"),
    ("India did not say that France *sold* the Rafale.", "denied, reported, by India"),
    ("India may say that France *sold* the Rafale.", "hypothetical, by India"),
    ("France denied that India *bought* the Rafale.", "denied, reported, by France"),
    ("India denied *buying* the Rafale.", "denied, reported, by India"),
    (
        "Officials said that France denied that India *bought* the Rafale.",
        "denied, reported, by France",
    ),
    ("The minister denied it and said that India *bought* the Rafale.", "reported, by minister"),
    ("France does not know whether India *bought* the Rafale.", "hypothetical"),
    ("France doubts that India *bought* the Rafale.", "hypothetical"),
    ("India is believed to have *bought* the Rafale.", "reported"),
    ("India claims to have *bought* the Rafale.", "reported, by India"),
    ("India was told to *buy* the Rafale.", "hypothetical"),
    ("The view of Paris is that India *bought* the Rafale.", "reported"),
    ("Rumour has it that India *bought* the Rafale.", "reported"),
    ("It is false that India *bought* the Rafale.", "denied"),
    ("It is not true that India *bought* the Rafale.", "denied"),
    ("It is unlikely that India *bought* the Rafale.", "hypothetical"),
    ("It is true that India *bought* the Rafale.", "fact"),
    ("Berlin warned that Russia may *attack* Poland.", "hypothetical, by Berlin"),
    ("Berlin is concerned that Russia *attacked* Poland.", "reported, by Berlin"),
    ("Berlin said Germany will not *support* Kyiv.", "denied, hypothetical, by Berlin"),
    ("Germany will *support* Kyiv, Berlin said.", "hypothetical, by Berlin"),
    ("India, the newspaper writes, *bought* the Rafale.", "reported, by newspaper"),
    ("According to Paris, India *bought* the Rafale.", "reported, by Paris"),
    ("Jens Stoltenberg: Russia *threatens* Estonia.", "reported, by Stoltenberg"),
    ("France accused India of *buying* the Rafale.", "reported, by France"),
    ("France accused India of not *paying* Egypt.", "denied, reported, by France"),
    ("France suspects Israel of planning to *attack* Iran.", "hypothetical, by France"),
    ("Accusations of *attacking* Iran surprised Israel.", "reported"),
    # Nouns that take a clause
    ("The claim that India *bought* the Rafale surprised Paris.", "reported"),
    ("France's claim that India *bought* the Rafale surprised Paris.", "reported, by France"),
    ("The allegation of *supplying* Iran surprised Russia.", "reported"),
    ("The plan to *buy* the Rafale is old.", "hypothetical"),
    ("India held talks to *buy* the Rafale.", "hypothetical"),
    ("The first country to *buy* the Rafale was Egypt.", "fact"),
    ("The last country to *leave* the treaty was India.", "fact"),
    ("The Rafale to *replace* the Jaguar was late.", "hypothetical"),
    ("India's failure to *buy* the Rafale surprised Paris.", "denied"),
    ("The risk of *attacking* Iran is great.", "hypothetical"),
    ("Fears of a *war* with China grew.", "hypothetical"),
    ("The possibility of *buying* the Rafale remains.", "hypothetical"),
    ("In case of an *attack* on Poland, NATO helps.", "hypothetical"),
    ("The lack of *support* for Kyiv surprised Paris.", "denied"),
    ("Russia's denial of *supplying* Iran surprised nobody.", "denied"),
    ("India abandoned plans to *buy* the Rafale.", "denied, hypothetical, ended"),
    # Prepositions
    ("India won without *buying* the Rafale.", "denied"),
    ("Instead of *buying* the Rafale, India waited.", "denied"),
    ("Far from *buying* the Rafale, India waited.", "denied"),
    ("India stopped short of *buying* the Rafale.", "denied"),
    ("India came close to *buying* the Rafale.", "hypothetical"),
    ("France was prevented from *selling* the Rafale.", "denied"),
    ("France prevented India from *buying* the Rafale.", "denied"),
    ("India failed in *buying* the Rafale.", "denied"),
    ("India succeeded in *buying* the Rafale.", "fact"),
    ("India cannot succeed in *buying* the Rafale.", "denied, able"),
    ("France is thinking about *buying* the Rafale.", "hypothetical"),
    ("India hopes for a *sale* of the Rafale.", "hypothetical"),
    ("India decided against *buying* the Rafale.", "denied"),
    ("France warned against *buying* the Rafale.", "hypothetical"),
    ("Israel's vote against *attacking* Iran failed.", "denied"),
    # Nouns that state something
    ("France rejected the *sale* to India.", "denied, ended"),
    ("Germany ended its *support* for Kyiv.", "denied, ended"),
    ("France denied the *sale* to India.", "denied, reported, by France"),
    ("France planned the *sale* to India.", "hypothetical"),
    ("France announced the *sale* to India.", "fact"),
    ("France did not announce the *sale* to India.", "denied"),
    ("Germany wants an *alliance* with Japan.", "hypothetical"),
    ("Germany has an *alliance* with Japan.", "fact"),
    ("The alleged *sale* of the Rafale to India angered Pakistan.", "reported"),
    ("The planned *sale* of the Rafale to India angered Pakistan.", "hypothetical"),
    ("The cancelled *sale* of the Rafale to India angered Pakistan.", "denied"),
    ("An *attack* on Iran would be a disaster.", "hypothetical"),
    ("An *attack* on Iran was a disaster.", "fact"),
    ("The *attack* on Iran was a disaster.", "fact"),
    ("The *invasion* of Taiwan is unlikely.", "hypothetical"),
    ("The *sale* of the Rafale did not happen.", "denied"),
    ("The *sale* of the Rafale happened.", "fact"),
    ("The *sale* of the Rafale may take place.", "hypothetical"),
    ("The *sale* of the Rafale fell through.", "denied"),
    ("The *sale* is not a beginning.", "fact"),
    # Two verbs
    ("India may lease or *buy* the Rafale.", "hypothetical"),
    ("India will lease the jet and *buy* the tank.", "hypothetical"),
    ("India may lease the jet, and France *sells* the tank.", "fact"),
    ("India did not lease or *buy* the Rafale.", "denied"),
    ("India did not lease the jet and *bought* the tank.", "fact"),
    ("India did not lease it, nor did it *buy* it.", "denied"),
    ("India did not lease it, and France *bought* the Rafale.", "fact"),
    ("India wants to lease and *buy* the jet.", "hypothetical"),
    ("India said it leased the jet and *bought* the tank.", "reported, by India"),
    # Events with an agent of their own
    ("The prospect of Serbia *joining* NATO worries Albania.", "hypothetical"),
    ("The news of Serbia *joining* NATO worries Albania.", "fact"),
    ("The effect of China *invading* Taiwan was modelled.", "hypothetical"),
    ("The sight of Russia *shelling* Kharkiv shocked Europe.", "fact"),
    ("There is no proof of Serbia *arming* Mali.", "denied"),
    ("London looks forward to Ukraine *joining* NATO.", "hypothetical"),
    ("Canberra counts on Jakarta *backing* the United States.", "hypothetical"),
    ("Brussels is wary of Georgia *joining* CSTO.", "hypothetical"),
    ("Ireland *joining* NATO would matter.", "hypothetical"),
    ("Russia *invading* Ukraine changed Europe.", "fact"),
    ("Persuading Rabat to *buy* the Altay is a task.", "hypothetical"),
    ("Persuading Rabat to *buy* the Altay took years.", "fact"),
    ("Trump rejected American troops *defending* Kyiv.", "denied, ended"),
    ("Russia hit American troops *defending* Kyiv.", "fact"),
    ("Nobody expected Hungary *leaving* NATO.", "denied, hypothetical"),
    ("The scenario has Jakarta *operating* the jet.", "hypothetical"),
    ("With Turkey *operating* the S-400, the factory lost orders.", "fact"),
    ("With Turkey *operating* the S-400, Greece will protest.", "hypothetical"),
    ("Jordan studied the merits of *buying* the Iron Dome.", "hypothetical"),
    # Time
    ("Once Bosnia *joins* NATO, it will pay.", "hypothetical"),
    ("Once Bosnia had *joined* NATO, it paid.", "fact"),
    ("When Turkey *gets* the jet, Greece will protest.", "hypothetical"),
    ("When Turkey *got* the jet, Greece protested.", "fact"),
    ("The day Switzerland *joins* NATO, pigs will fly.", "hypothetical"),
    ("The day Russia *attacked* Ukraine, markets fell.", "fact"),
    ("As long as Russia *occupies* Crimea, nothing moves.", "fact"),
    ("It is high time that Canada *bought* the Gripen.", "hypothetical"),
    ("It is about time Spain *recognised* Kosovo.", "hypothetical"),
    ("It was the first time that Canada *bought* the Gripen.", "fact"),
    ("Spain has to pay; otherwise Airbus *sues* it.", "hypothetical"),
    ("Hungary, which otherwise *supports* Russia, condemned it.", "fact"),
    ("It is as though Egypt had *bombed* Libya.", "hypothetical"),
    ("Uganda would sooner starve than *recognise* Taiwan.", "hypothetical"),
    # What is said of an event
    ("The *accord* between Rwanda and Congo remained a dead letter.", "denied"),
    ("The *accord* between Rwanda and Congo remains in force.", "fact"),
    ("The *purchase* of the Gripen is under study.", "hypothetical"),
    ("The *sale* of the Gripen to Peru would need a vote.", "hypothetical"),
    ("Israel's *attack* on Iran would be remembered.", "hypothetical"),
    ("Any *attack* on Pakistan risks a war.", "hypothetical"),
    ("Reports that Eritrea had *supplied* Sudan with drones proved false.", "denied, reported"),
    ("It is a myth that Switzerland *armed* Iran.", "denied"),
    ("There is no doubt that Iran *arms* Hezbollah.", "fact"),
    ("It is no secret that Pakistan *operates* the jet.", "fact"),
    ("Few knew that Argentina *bought* the jet.", "fact"),
    ("Laos laughed at the notion that it had *attacked* Thailand.", "hypothetical"),
    ("He wrote a story in which Denmark *invades* Norway.", "hypothetical"),
    ("He fought in a war in which Denmark *invaded* Norway.", "fact"),
    ("In an alternate history, Germany *armed* Finland.", "hypothetical"),
    ("The so-called *alliance* between Malta and Libya was a photo.", "reported"),
    ("Not one *attack* on Iran was reported.", "denied"),
    ("Fiji set to ink police *deal* with Canberra", "hypothetical"),
    ("Cyprus thought better of *buying* the S-300.", "denied"),
    ("The charge that Japan *supplied* Myanmar with shells is old.", "hypothetical"),
    ("The shells that Japan *supplied* to Myanmar are old.", "fact"),
    ("In theory, Malta *operates* the Leopard 2.", "hypothetical"),
    ("The *accord* exists only on paper.", "hypothetical"),
    # Out of scope
    ("India, which wants to lead, *bought* the Rafale.", "fact"),
    ("India wants the jet that France *sold* to Egypt.", "fact"),
    ("India did not visit the country that *bought* the Rafale.", "fact"),
    ("India might protest because Egypt *bought* the Rafale.", "fact"),
    ("The jet *bought* by India may crash.", "fact"),
    ("Russia may arm, *attacking* Poland.", "fact"),
    # A made-up world
    ("In the war game, China *attacked* Taiwan.", "hypothetical"),
    ("Throughout the exercise scenario, China *attacked* Taiwan.", "hypothetical"),
    ("The novel has China *attacking* Taiwan.", "hypothetical"),
    ("Under the proposal, France *sells* the Rafale to India.", "hypothetical"),
    ("In the proposal, France *sells* the Rafale to India.", "fact"),
    ("Under the treaty, France *sells* the Rafale to India.", "fact"),
    ("In the war, China *attacked* Taiwan.", "fact"),
    ("Georgian Dream *supports* Russia.", "fact"),
    ("In the film's last scene, China *attacks* Taiwan.", "hypothetical"),
    ("In the end of the film, China *attacks* Taiwan.", "hypothetical"),
    ("In the drill, China *attacks* Taiwan.", "hypothetical"),
    ("In the drill, China *attacked* Taiwan.", "fact"),
    ("In the chapter, he says that China *attacked* Taiwan.", "reported, by he"),
    ("On stage, China *attacks* Taiwan.", "hypothetical"),
    ("On Monday, China *attacks* Taiwan.", "fact"),
    ("China *attacked* Taiwan in the minds of poets.", "hypothetical"),
    ("The map shows China *attacking* Taiwan.", "hypothetical"),
    ("The video shows China *attacking* Taiwan.", "fact"),
    # Before a colon
    ("It was only a dream: China *attacked* Taiwan.", "hypothetical"),
    ("The scenario is simple: China *attacks* Taiwan.", "hypothetical"),
    ("The scenario is over: China *attacked* Taiwan.", "fact"),
    ("Picture this: China *attacks* Taiwan.", "hypothetical"),
    ("Note this: China *attacks* Taiwan.", "fact"),
    ("The rumour was everywhere: China *attacked* Taiwan.", "reported"),
    ("The news was everywhere: China *attacked* Taiwan.", "fact"),
    ("It was a lie: China *attacked* Taiwan.", "denied"),
    # Nearly
    ("Greece came within an inch of *attacking* Turkey.", "hypothetical"),
    ("Greece came within a week of *attacking* Turkey.", "fact"),
    ("Greece was minutes from *attacking* Turkey.", "hypothetical"),
    ("The nearest Greece came to *attacking* Turkey was in 1996.", "hypothetical"),
    ("Greece gave serious thought to *attacking* Turkey.", "hypothetical"),
    # Commands, counsels, dates to come
    ("Mr Merz, *call* Kyiv.", "hypothetical"),
    ("Assume for a moment that Ghana *attacked* Togo.", "hypothetical"),
    ("Ghana had better *buy* the Rafale.", "hypothetical"),
    ("Ghana ought to have *bought* the Rafale.", "hypothetical"),
    ("Ghana *buys* the Rafale next year.", "hypothetical"),
    ("Ghana *bought* the Rafale next door.", "fact"),
    ("In two years Ghana *buys* the Rafale.", "hypothetical"),
    ("In two years Ghana has *bought* the Rafale.", "fact"),
    ("Ghana used to *supply* Togo.", "denied"),
    ("Ghana used it to *supply* Togo.", "fact"),
    # Nouns that take back, expect or report
    ("The prospect of Serbia and Georgia *joining* NATO is remote.", "hypothetical"),
    ("The notion, dear to some, that Peru *attacked* Chile is rubbish.", "hypothetical"),
    ("The hope is that Ghana *supplied* Togo.", "hypothetical"),
    ("The fact is that Ghana *supplied* Togo.", "fact"),
    ("The story goes that Ghana *supplied* Togo.", "reported"),
    ("By all accounts, Ghana *supplied* Togo.", "reported"),
    ("The myth of the *attack* on Togo lives.", "denied"),
    ("The memory of the *attack* on Togo lives.", "fact"),
    ("Panic over an *attack* on Togo spread.", "hypothetical"),
    ("Panic over the *attack* on Togo spread.", "fact"),
    ("Ghana spoke of an *attack* on Togo.", "reported, by Ghana"),
    ("Ghana spoke of the *attack* on Togo.", "fact"),
    ("Ghana spoke of U.S. *support* for Togo.", "fact"),
    ("You said that Ghana *attacked* Togo.", "reported"),
    ("The paper lists Ghana as an *ally* of Togo.", "reported, by paper"),
    ("Ghana serves as an *ally* of Togo.", "fact"),
    ("Ghana acquitted Togo of *attacking* Benin.", "denied"),
    ("Ghana fears an *attack* on Togo.", "hypothetical"),
    ("Ghana fears the *attack* on Togo.", "fact"),
    ("Ghana claimed an *attack* on Togo.", "reported, by Ghana"),
    ("Ghana announced its *sale* to Togo.", "reported, by Ghana"),
    ("The visit will deepen *cooperation* with Togo.", "hypothetical"),
    ("The visit will deepen its *cooperation* with Togo.", "fact"),
    ("The visit will continue to deepen *cooperation* with Togo.", "fact"),
    ("Ghana put the *sale* to Togo on hold.", "hypothetical"),
    ("Ghana put the *sale* to Togo on record.", "fact"),
    ("A *pact* with Togo is to be signed.", "hypothetical"),
    ("A *pact* with Togo awaits ratification.", "hypothetical"),
    ("A *pact* with Togo awaits you.", "fact"),
    ("The *alliance* with Togo is a thing of the past.", "denied"),
    ("The *alliance* with Togo is a thing of beauty.", "fact"),
    ("The *alliance* with Togo never took off.", "denied"),
    ("Ghana *sold* Togo nothing.", "denied"),
]


@pytest.mark.parametrize(("sentence", "expected"), READINGS)
def test_a_word_is_read_by_what_governs_it(sentence, expected):
    assert read(sentence) == expected


def test_what_is_taken_for_granted_is_not_touched_by_the_verb_that_governs_it():
    sentence = "Russia must not win its *war* against Ukraine."

    assert read(sentence) == "denied, hypothetical"
    assert read(sentence, given=True) == "fact"
    assert read("Perhaps Russia wins its *war* against Ukraine.", given=True) == "hypothetical"


def test_what_is_told_in_passing_is_not_touched_by_the_clause():
    assert read("If Norway, a NATO *member*, sells it, Spain will object.", given=True) == "fact"
    assert read("Spain may defend NATO *ally* Norway.", given=True) == "fact"
    assert read("Spain may defend a NATO *ally*.") == "hypothetical"


def test_words_inside_a_trigger_bring_their_own_scope():
    doc = load_nlp()("India found no weakness in the Rafale.")
    found, weakness = doc[1], doc[3]

    assert told(attribution_of(found, lexicon(), (weakness,))) == "denied"


def test_a_quotation_goes_on_after_its_speaker():
    doc = load_nlp()("Macron spoke. India bought the Rafale. It paid.")
    quotations = [(3, 8, doc[0])]
    inside, last, own = Attribution(), Attribution(), Attribution(speaker=doc[3])
    ascribe(inside, doc[4], quotations)
    ascribe(last, doc[8], quotations)
    ascribe(own, doc[4], quotations)

    assert (told(inside), told(last), told(own)) == ("reported, by Macron", "fact", "by India")


def test_a_denial_of_a_denial_affirms():
    found = Attribution()
    found.deny()
    assert found.polarity is Polarity.NEGATED
    found.deny()
    assert found.polarity is Polarity.AFFIRMED
