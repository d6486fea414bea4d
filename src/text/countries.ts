/** The world's countries, so that "Malian", "Bamako" and "Mali" find each other without a glossary. */

/** A country with what else names it. */
export interface Country {
  readonly name: string;
  /** Other names, and what its people and things are called. */
  readonly aliases: readonly string[];
  /** Stands for the government as often as for the city. */
  readonly capital: string;
}

/** One a line: name | other names and adjectives | capital. Common words ("Polish", "Turkey") only with capitals. */
const LIST = `
Afghanistan|Afghan, Afghans|Kabul
Albania|Albanian, Albanians|Tirana
Algeria|Algerian, Algerians|Algiers
Angola|Angolan, Angolans|Luanda
Argentina|Argentine, Argentinian, Argentines|Buenos Aires
Armenia|Armenian, Armenians|Yerevan
Australia|Australian, Australians|Canberra
Austria|Austrian, Austrians|Vienna
Azerbaijan|Azerbaijani, Azerbaijanis, Azeri, Azeris|Baku
Bahrain|Bahraini, Bahrainis|Manama
Bangladesh|Bangladeshi, Bangladeshis|Dhaka
Belarus|Belarusian, Belarusians, Belarussian|Minsk
Belgium|Belgian, Belgians|Brussels
Benin|Beninese, Beninois|Porto-Novo
Bolivia|Bolivian, Bolivians|La Paz
Bosnia and Herzegovina|Bosnia, Bosnian, Bosnians|Sarajevo
Botswana|Botswanan, Batswana|Gaborone
Brazil|Brazilian, Brazilians|Brasilia
Bulgaria|Bulgarian, Bulgarians|Sofia
Burkina Faso|Burkina, Burkinabe, Burkinabè, Burkinabé|Ouagadougou
Burundi|Burundian, Burundians|Gitega
Cambodia|Cambodian, Cambodians|Phnom Penh
Cameroon|Cameroonian, Cameroonians|Yaounde
Canada|Canadian, Canadians|Ottawa
Central African Republic|Central African, Central Africans|Bangui
Chad|Chadian, Chadians|N'Djamena
Chile|Chilean, Chileans|Santiago
China|Chinese|Beijing
Colombia|Colombian, Colombians|Bogota
Congo|Congolese, Democratic Republic of the Congo, DRC|Kinshasa
Costa Rica|Costa Rican, Costa Ricans|San Jose
Cote d'Ivoire|Ivory Coast, Ivorian, Ivorians|Abidjan
Croatia|Croatian, Croatians, Croat, Croats|Zagreb
Cuba|Cuban, Cubans|Havana
Cyprus|Cypriot, Cypriots|Nicosia
Czech Republic|Czechia, Czech, Czechs|Prague
Denmark|Danish, Danes|Copenhagen
Djibouti|Djiboutian, Djiboutians|Djibouti City
Dominican Republic|Dominican, Dominicans|Santo Domingo
Ecuador|Ecuadorian, Ecuadorians, Ecuadorean|Quito
Egypt|Egyptian, Egyptians|Cairo
El Salvador|Salvadoran, Salvadorans, Salvadorean|San Salvador
Eritrea|Eritrean, Eritreans|Asmara
Estonia|Estonian, Estonians|Tallinn
Eswatini|Swazi, Swaziland|Mbabane
Ethiopia|Ethiopian, Ethiopians|Addis Ababa
Finland|Finnish, Finns|Helsinki
France|French|Paris
Gabon|Gabonese|Libreville
Gambia|Gambian, Gambians|Banjul
Georgia|Georgian, Georgians|Tbilisi
Germany|German, Germans|Berlin
Ghana|Ghanaian, Ghanaians|Accra
Greece|Greek, Greeks|Athens
Guatemala|Guatemalan, Guatemalans|Guatemala City
Guinea|Guinean, Guineans|Conakry
Guinea-Bissau|Bissau-Guinean|Bissau
Guyana|Guyanese|Georgetown
Haiti|Haitian, Haitians|Port-au-Prince
Honduras|Honduran, Hondurans|Tegucigalpa
Hungary|Hungarian, Hungarians|Budapest
Iceland|Icelandic, Icelanders|Reykjavik
India|Indian, Indians|New Delhi
Indonesia|Indonesian, Indonesians|Jakarta
Iran|Iranian, Iranians|Tehran
Iraq|Iraqi, Iraqis|Baghdad
Ireland|Irish|Dublin
Israel|Israeli, Israelis|Jerusalem
Italy|Italian, Italians|Rome
Jamaica|Jamaican, Jamaicans|Kingston
Japan|Japanese|Tokyo
Jordan|Jordanian, Jordanians|Amman
Kazakhstan|Kazakh, Kazakhs, Kazakhstani|Astana
Kenya|Kenyan, Kenyans|Nairobi
Kosovo|Kosovar, Kosovars|Pristina
Kuwait|Kuwaiti, Kuwaitis|Kuwait City
Kyrgyzstan|Kyrgyz, Kyrgyzstani|Bishkek
Laos|Lao, Laotian, Laotians|Vientiane
Latvia|Latvian, Latvians|Riga
Lebanon|Lebanese|Beirut
Lesotho|Basotho|Maseru
Liberia|Liberian, Liberians|Monrovia
Libya|Libyan, Libyans|Tripoli
Lithuania|Lithuanian, Lithuanians|Vilnius
Madagascar|Malagasy|Antananarivo
Malawi|Malawian, Malawians|Lilongwe
Malaysia|Malaysian, Malaysians|Kuala Lumpur
Maldives|Maldivian, Maldivians|Male City
Mali|Malian, Malians|Bamako
Mauritania|Mauritanian, Mauritanians|Nouakchott
Mexico|Mexican, Mexicans|Mexico City
Moldova|Moldovan, Moldovans|Chisinau
Mongolia|Mongolian, Mongolians|Ulaanbaatar
Montenegro|Montenegrin, Montenegrins|Podgorica
Morocco|Moroccan, Moroccans|Rabat
Mozambique|Mozambican, Mozambicans|Maputo
Myanmar|Burma, Burmese|Naypyidaw
Namibia|Namibian, Namibians|Windhoek
Nepal|Nepali, Nepalis, Nepalese|Kathmandu
Netherlands|Dutch|The Hague
New Zealand|New Zealander, New Zealanders|Wellington
Nicaragua|Nicaraguan, Nicaraguans|Managua
Niger|Nigerien, Nigeriens|Niamey
Nigeria|Nigerian, Nigerians|Abuja
North Korea|North Korean, North Koreans, DPRK|Pyongyang
North Macedonia|Macedonian, Macedonians|Skopje
Norway|Norwegian, Norwegians|Oslo
Oman|Omani, Omanis|Muscat
Pakistan|Pakistani, Pakistanis|Islamabad
Palestine|Palestinian, Palestinians|Ramallah
Panama|Panamanian, Panamanians|Panama City
Paraguay|Paraguayan, Paraguayans|Asuncion
Peru|Peruvian, Peruvians|Lima
Philippines|Philippine, Filipino, Filipinos|Manila
Poland|Polish, Poles|Warsaw
Portugal|Portuguese|Lisbon
Qatar|Qatari, Qataris|Doha
Romania|Romanian, Romanians|Bucharest
Russia|Russian, Russians|Moscow
Rwanda|Rwandan, Rwandans|Kigali
Saudi Arabia|Saudi, Saudis|Riyadh
Senegal|Senegalese|Dakar
Serbia|Serbian, Serbians, Serb, Serbs|Belgrade
Sierra Leone|Sierra Leonean, Sierra Leoneans|Freetown
Singapore|Singaporean, Singaporeans|Singapore City
Slovakia|Slovak, Slovaks|Bratislava
Slovenia|Slovenian, Slovenians, Slovene|Ljubljana
Somalia|Somali, Somalis|Mogadishu
South Africa|South African, South Africans|Pretoria
South Korea|South Korean, South Koreans, ROK|Seoul
South Sudan|South Sudanese|Juba
Spain|Spanish, Spaniards|Madrid
Sri Lanka|Sri Lankan, Sri Lankans|Colombo
Sudan|Sudanese|Khartoum
Sweden|Swedish, Swedes|Stockholm
Switzerland|Swiss|Bern
Syria|Syrian, Syrians|Damascus
Taiwan|Taiwanese|Taipei
Tajikistan|Tajik, Tajiks, Tajikistani|Dushanbe
Tanzania|Tanzanian, Tanzanians|Dodoma
Thailand|Thai, Thais|Bangkok
Togo|Togolese|Lome
Tunisia|Tunisian, Tunisians|Tunis
Turkey|Turkish, Turks, Türkiye|Ankara
Turkmenistan|Turkmen|Ashgabat
Uganda|Ugandan, Ugandans|Kampala
Ukraine|Ukrainian, Ukrainians|Kyiv
United Arab Emirates|Emirati, Emiratis, UAE|Abu Dhabi
United Kingdom|British, Britain, UK|London
United States|American, Americans, America, US, USA, U.S.|Washington
Uruguay|Uruguayan, Uruguayans|Montevideo
Uzbekistan|Uzbek, Uzbeks, Uzbekistani|Tashkent
Venezuela|Venezuelan, Venezuelans|Caracas
Vietnam|Vietnamese|Hanoi
Yemen|Yemeni, Yemenis|Sanaa
Zambia|Zambian, Zambians|Lusaka
Zimbabwe|Zimbabwean, Zimbabweans|Harare
`;

export const COUNTRIES: readonly Country[] = LIST.trim()
  .split("\n")
  .map((line) => {
    const [name = "", aliases = "", capital = ""] = line.split("|");
    return { name, aliases: aliases.split(", "), capital };
  });
