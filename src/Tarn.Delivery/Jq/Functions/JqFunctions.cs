namespace Tarn.Delivery.Jq.Functions;

/// <summary>
/// The table of functions, by group: the parser finds them here and docs/coverage/jq.md is generated from it.
/// </summary>
internal static class JqFunctions
{
    public static IReadOnlyList<(string Group, IReadOnlyList<JqFunction> Functions)> Groups { get; } =
    [
        ("Values", ValueFunctions.All),
        ("Text", TextFunctions.All),
        ("Patterns", PatternFunctions.All),
        ("Numbers", NumberFunctions.All),
        ("Arrays and objects", CollectionFunctions.All),
        ("Order", OrderFunctions.All),
        ("Times", TimeFunctions.All),
    ];

    private static readonly Dictionary<(string, int), JqFunction> ByName = Groups
        .SelectMany(group => group.Functions)
        .ToDictionary(function => (function.Name, function.Arity));

    public static IEnumerable<string> Names => ByName.Keys.Select(key => key.Item1).Distinct();

    public static JqFunction? Find(string name, int arity) => ByName.GetValueOrDefault((name, arity));

    /// <summary>How many arguments the functions of this name take; empty when there are none.</summary>
    public static IReadOnlyList<int> AritiesOf(string name) =>
        [.. ByName.Keys.Where(key => key.Item1 == name).Select(key => key.Item2).Order()];
}
