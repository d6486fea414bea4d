/** Words that security reports use for one another. Evidence may say "91 deaths" where a question says "how many died". */

import { tokens } from "./tokens.ts";

/** One class a line; words of a class count as near, not as the same. */
const CLASSES = `
rise rose risen increase increased surge surged grow grew growth jump jumped climb climbed up more higher escalate escalated upward spike
fall fell fallen decrease decreased drop dropped decline declined shrink shrank down fewer less lower downward reduce reduced
die died death deaths dead kill killed killing killings fatality fatalities toll slain casualty casualties perished murdered
injure injured injury injuries wound wounded hurt
attack attacks attacked assault assaults raid raids raided strike strikes struck incident incidents violence
bomb bombing bombings blast explosion exploded explode detonation
fighter fighters militant militants combatant combatants strength strong manpower size members insurgent insurgents manpower men personnel size
soldier soldiers troops personnel army military security officers forces servicemen
civilian civilians noncombatant bystanders
leader leaders emir amir chief head commander heads led leads leading leadership boss charge
founder founded formed created established started began origin formation establish emerged announced
reward rewards bounty bounties prize
pay paid payment payments stipend money funding funds fund finance financed financing financial monthly salary bankroll cash
ban banned proscribed proscribe outlaw outlawed designated designate designation blacklisted blacklist listed listing
reject rejected rejects deny denied denies denial denials dismiss dismissed refute refuted refuse baseless
accuse accused accuses allege alleged alleges allegation blame blamed blames charge charged charges
support supported supports backing backed backs assistance help helped aid sponsor sponsored sponsors sponsorship
govern government governs rule rules ruler rulers ruling authorities
parliament parliamentary lawmakers lawmaker legislators legislature assembly mps
propaganda media publicity video videos
age aged old years
politicians politician minister ministers party parties
deputy deputies second-in-command
displacement displaced displace evacuate evacuated flee fled leave home homes
travel travelled travelling trips trip journey visit visits aboard passengers riding
shutdown closure closures closed close shut
regret regrets regretted sorrow condolence condolences grief sympathy
message messages communication communications courier couriers traffic digital phone phones chats
alias aka also
demand demanded demands want wanted call calls
different separate distinct independent difference differ
location located based whereabouts where
hideout hideouts sanctuary sanctuaries haven havens safe base bases shelter
train trained training camp camps centre centres center centers
recruit recruits recruited recruiting recruitment enlist
link links linked ties tie relation relations relationship connection connected connections cooperation cooperate collaborate collaboration coordination affiliated affiliate
name named alias aliases aka known called label term
abbreviation acronym short stand stands meaning
country countries nation nations state states
province provinces region regions area areas district districts
outlet newspaper press media
group groups outfit outfits organisation organization faction factions militia gang movement network
woman women female
child children minors minor kids boys girls
school schools pupils students education
prisoner prisoners hostage hostages captive captives passengers
weapon weapons arms rifles equipment arsenal
border frontier boundary crossings
release released publish published publication issued issue public
start begin began begun launch launched
end ended finish finished stop stopped
biggest largest greatest most main major highest top deadliest worst
smallest lowest least fewest
second runner-up
arrest arrested arrests detain detained detention capture captured caught apprehended custody
renew renewed extend extended extension prolong
cost costs expenses budget spend spending
minority minorities
yearly annual annually year
monthly month
percent per cent percentage share proportion
prison prisons jail jails jailed prisoner prisoners inmate inmates detainee detainees detention imprisoned imprisonment incarcerated
refugee refugees displaced idp idps uprooted asylum returnee returnees
journalist journalists reporter reporters correspondent correspondents newsman newsmen
cash money funds sum wired transferred
aid assistance relief donation donations gift gifts handout handouts donor donors humanitarian
kidnap kidnapped kidnapping kidnappings abduct abducted abduction abductions hostage ransom
vote votes voting voted election elections poll polls ballot ballots
victim victims target targets targeted targeting
malware virus trojan backdoor payload implant loader
hacker hackers intruder intruders adversary adversaries attacker attackers actor actors
steal stolen theft exfiltrate exfiltrated exfiltration
phishing spearphishing lure lures
protest protests protested demonstration demonstrations demonstrators rally rallies march sit-in
torture tortured abuse abused abuses mistreatment mistreated beaten beatings ill-treatment
court courts judge judges tribunal tribunals judiciary
law laws legislation act bill ordinance decree statute
police policeman policemen constable constables
town towns village villages settlement settlements
drug drugs narcotics narcotic cocaine heroin opium
smuggle smuggled smuggling smugglers traffic trafficking traffickers trafficked
ceasefire truce armistice
agreement agreements accord accords deal deals pact treaty bargain
talks negotiation negotiations negotiate negotiated dialogue
drone drones unmanned uav uavs
execute executed execution executions beheaded beheading hanged
ship ships vessel vessels boat boats tanker
doctor doctors physician medic medics nurse nurses
worker workers labour labor employee employees staff
teach teaching teacher teachers instruct instruction educate
lawyer lawyers attorney attorneys counsel
peacekeeper peacekeepers peacekeeping helmets
flood floods flooding
hunger famine starvation
preacher preachers cleric clerics imam imams mullah mullahs
boast boasted boasts brag bragged credit
loot looted looting plunder
flee escape escaped
destroy destroyed destroyed demolished ruined razed
`;

const classOf = new Map<string, Set<string>>();
for (const line of CLASSES.trim().split("\n")) {
  // Stop words are members too: "more" says that something rose.
  const members = new Set(tokens(line).map((token) => token.term));
  for (const member of members) {
    const known = classOf.get(member) ?? new Set<string>();
    for (const other of members) if (other !== member) known.add(other);
    classOf.set(member, known);
  }
}

/** Terms (as the index has them) that reports use for this term; empty for most. */
export function nearTerms(term: string): ReadonlySet<string> {
  return classOf.get(term) ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();
