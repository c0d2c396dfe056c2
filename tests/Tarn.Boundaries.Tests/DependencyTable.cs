using System.Text.RegularExpressions;

namespace Tarn.Boundaries.Tests;

/// <summary>The tables of ARCHITECTURE.md, parsed.</summary>
internal static partial class DependencyTable
{
    public static IReadOnlyDictionary<string, DependencyRow> Read()
    {
        var rows = Repository.Read("ARCHITECTURE.md").Split('\n')
            .SkipWhile(line => !line.StartsWith("| project |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim().Split('|')[1..^1].Select(cell => cell.Trim()).ToArray())
            .ToList();
        var names = rows.Select(row => row[0]).ToHashSet();
        return rows.ToDictionary(
            row => row[0],
            row => new DependencyRow(
                row[0],
                row[1] == "all" ? names.Where(name => name != row[0]).ToHashSet() : List(row[1]),
                List(row[2])));
    }

    /// <summary>Project to storey, 0 at the bottom, from the picture above the table.</summary>
    public static IReadOnlyDictionary<string, int> Storeys() =>
        StoreyLine().Matches(Repository.Read("ARCHITECTURE.md"))
            .SelectMany(match => match.Groups["names"].Value.Split('|')
                .Select(name => (Name: name.Trim(), Storey: match.Groups["storey"].Value[0] - '0')))
            .ToDictionary(entry => entry.Name, entry => entry.Storey);

    private static HashSet<string> List(string cell) =>
        cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet();

    [GeneratedRegex(@"^(?<storey>\d)  (?<names>[A-Za-z| ]+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex StoreyLine();
}
