using System.Text.RegularExpressions;

namespace Tarn.Sql.Functions.Native;

/// <summary>Porter's second English stemmer, as Snowball defines it; word_stem has no other language here.</summary>
internal static partial class EnglishStemmer
{
    private static readonly Dictionary<string, string> Special = new(StringComparer.Ordinal)
    {
        ["skis"] = "ski", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie",
        ["idly"] = "idl", ["gently"] = "gentl", ["ugly"] = "ugli", ["early"] = "earli", ["only"] = "onli",
        ["singly"] = "singl", ["sky"] = "sky", ["news"] = "news", ["howe"] = "howe", ["atlas"] = "atlas",
        ["cosmos"] = "cosmos", ["bias"] = "bias", ["andes"] = "andes",
    };

    private static readonly string[] Kept =
        ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"];

    private static readonly (string End, string With)[] Step2 =
    [
        ("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"),
        ("tional", "tion"), ("biliti", "ble"), ("lessli", "less"), ("entli", "ent"), ("ation", "ate"),
        ("alism", "al"), ("aliti", "al"), ("ousli", "ous"), ("iviti", "ive"), ("fulli", "ful"), ("enci", "ence"),
        ("anci", "ance"), ("abli", "able"), ("izer", "ize"), ("ator", "ate"), ("alli", "al"), ("bli", "ble"),
    ];

    private static readonly (string End, string With)[] Step3 =
    [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ical", "ic"),
        ("ness", ""), ("ful", ""),
    ];

    private static readonly string[] Step4 =
    [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
        "al", "er", "ic",
    ];

    public static string Stem(string text, string language)
    {
        if (language != "en")
        {
            throw Define.Invalid($"Unknown stemmer language: {language} (Tarn has 'en')");
        }

        var word = text.TrimStart('\'');
        if (word.Length <= 2)
        {
            return word;
        }

        if (Special.TryGetValue(word, out var special))
        {
            return special;
        }

        // A y that is a consonant is written Y on the way.
        word = ConsonantY().Replace(word, "Y");
        var first = FirstRegion(word);
        var second = Region(word, first);
        word = Apostrophe().Replace(word, "");
        word = Plural(word);
        if (Kept.Contains(word))
        {
            return word.ToLowerInvariant();
        }

        word = Past(word, first);
        word = word.Length > 2 && word[^1] is 'y' or 'Y' && word.Length > 2 && !IsVowel(word[^2])
            ? word[..^1] + "i"
            : word;
        word = Derived(word, first, second);
        return Last(Suffix(word, second), first, second).Replace('Y', 'y');
    }

    private static int FirstRegion(string word)
    {
        foreach (var prefix in new[] { "gener", "commun", "arsen" })
        {
            if (word.StartsWith(prefix, StringComparison.Ordinal))
            {
                return prefix.Length;
            }
        }

        return Region(word, 0);
    }

    /// <summary>After the first consonant that follows a vowel.</summary>
    private static int Region(string word, int from)
    {
        for (var at = from + 1; at < word.Length; at++)
        {
            if (!IsVowel(word[at]) && IsVowel(word[at - 1]))
            {
                return at + 1;
            }
        }

        return word.Length;
    }

    private static string Plural(string word)
    {
        if (Ends(word, "sses"))
        {
            return word[..^2];
        }

        if (Ends(word, "ied") || Ends(word, "ies"))
        {
            return word.Length > 4 ? word[..^2] : word[..^1];
        }

        return Ends(word, "s") && !Ends(word, "us") && !Ends(word, "ss") && word[..^2].Any(IsVowel)
            ? word[..^1]
            : word;
    }

    private static string Past(string word, int first)
    {
        foreach (var end in new[] { "eedly", "eed" })
        {
            if (Ends(word, end))
            {
                return word.Length - end.Length >= first ? word[..^end.Length] + "ee" : word;
            }
        }

        foreach (var end in new[] { "ingly", "edly", "ing", "ed" })
        {
            if (Ends(word, end))
            {
                var stem = word[..^end.Length];
                return !stem.Any(IsVowel) ? word
                    : Ends(stem, "at") || Ends(stem, "bl") || Ends(stem, "iz") ? stem + "e"
                    : Double().IsMatch(stem) ? stem[..^1]
                    : first >= stem.Length && IsShort(stem) ? stem + "e"
                    : stem;
            }
        }

        return word;
    }

    private static string Derived(string word, int first, int second)
    {
        foreach (var (end, with) in Step2)
        {
            if (Ends(word, end))
            {
                word = word.Length - end.Length >= first ? word[..^end.Length] + with : word;
                return Third(word, first, second);
            }
        }

        if (Ends(word, "ogi"))
        {
            word = word.Length - 3 >= first && Ends(word, "logi") ? word[..^1] : word;
        }
        else if (Ends(word, "li") && word.Length - 2 >= first && word.Length > 2
            && "cdeghkmnrt".Contains(word[^3], StringComparison.Ordinal))
        {
            word = word[..^2];
        }

        return Third(word, first, second);
    }

    private static string Third(string word, int first, int second)
    {
        if (Ends(word, "ative"))
        {
            return word.Length - 5 >= second ? word[..^5] : word;
        }

        foreach (var (end, with) in Step3)
        {
            if (Ends(word, end))
            {
                return word.Length - end.Length >= first ? word[..^end.Length] + with : word;
            }
        }

        return word;
    }

    private static string Suffix(string word, int second)
    {
        foreach (var end in Step4)
        {
            if (Ends(word, end))
            {
                return word.Length - end.Length >= second ? word[..^end.Length] : word;
            }
        }

        return (Ends(word, "sion") || Ends(word, "tion")) && word.Length - 3 >= second ? word[..^3] : word;
    }

    private static string Last(string word, int first, int second)
    {
        if (Ends(word, "e"))
        {
            var stem = word[..^1];
            return stem.Length >= second || (stem.Length >= first && !IsShort(stem)) ? stem : word;
        }

        return Ends(word, "ll") && word.Length - 1 >= second ? word[..^1] : word;
    }

    /// <summary>The word ends with a short syllable.</summary>
    private static bool IsShort(string word) => ShortEnd().IsMatch(word) || ShortWord().IsMatch(word);

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    private static bool Ends(string word, string end) => word.EndsWith(end, StringComparison.Ordinal);

    [GeneratedRegex("^y|(?<=[aeiouy])y")]
    private static partial Regex ConsonantY();

    [GeneratedRegex("('s'|'s|')$")]
    private static partial Regex Apostrophe();

    [GeneratedRegex("(bb|dd|ff|gg|mm|nn|pp|rr|tt)$")]
    private static partial Regex Double();

    [GeneratedRegex("[^aeiouy][aeiouy][^aeiouywxY]$")]
    private static partial Regex ShortEnd();

    [GeneratedRegex("^[aeiouy][^aeiouy]$")]
    private static partial Regex ShortWord();
}
