namespace Tarn.Delivery.Jq.Functions;

/// <summary>What jq 1.6 has and the subset refuses, each with the reason.</summary>
internal static class JqRefusals
{
    private const string Outside = "a partition key depends on nothing but its record";
    private const string Paths = "paths are not values here";
    private const string Unbounded = "work per record must be bounded by its text";
    private const string Rare = "no use for partition keys is known";
    private const string Program = "the query belongs to one delivery stream alone";

    /// <summary>Names of functions, separated by spaces, and why they are refused.</summary>
    public static IReadOnlyList<(string Names, string Reason)> Functions { get; } =
    [
        ("now localtime strflocaltime env input inputs input_filename input_line_number debug stderr halt halt_error"
            + " get_search_list", Outside),
        ("path paths leaf_paths getpath setpath delpaths del", Paths),
        ("recurse recurse_down repeat until while range limit nth combinations walk transpose IN INDEX JOIN bsearch"
            + " isempty", Unbounded),
        ("tostream fromstream truncate_stream builtins modulemeta get_jq_origin get_prog_origin", Program),
        ("explode implode format match scan splits scalars_or_empty", Rare),
        ("infinite nan isinfinite isnan isnormal isfinite finites normals", Rare),
        ("acos acosh asin asinh atan atan2 atanh cbrt copysign cos cosh drem erf erfc exp exp10 exp2 expm1 fdim fma"
            + " fmax fmin fmod frexp gamma hypot j0 j1 jn ldexp lgamma lgamma_r log log10 log1p log2 logb modf"
            + " nearbyint nextafter nexttoward pow pow10 remainder rint scalb scalbln significand sin sinh tan tanh"
            + " tgamma y0 y1 yn", Rare),
    ];

    /// <summary>Key words, and why they are refused.</summary>
    public static IReadOnlyList<(string Word, string Reason)> Words { get; } =
    [
        ("def", "write the expression where it is used"),
        ("reduce", "use add, any, all, min or max"),
        ("foreach", "use map"),
        ("try", "use '?' after the expression"),
        ("catch", "use '?' after the expression"),
        ("label", Unbounded),
        ("break", Unbounded),
        ("import", Program),
        ("include", Program),
        ("module", Program),
    ];

    private static readonly Dictionary<string, string> ByFunction = Functions
        .SelectMany(row => row.Names.Split(' ').Select(name => (name, row.Reason)))
        .ToDictionary(row => row.name, row => row.Reason);

    private static readonly Dictionary<string, string> ByWord = Words.ToDictionary(row => row.Word, row => row.Reason);

    public static string? OfFunction(string name) => ByFunction.GetValueOrDefault(name);

    public static string? OfWord(string word) => ByWord.GetValueOrDefault(word);
}
