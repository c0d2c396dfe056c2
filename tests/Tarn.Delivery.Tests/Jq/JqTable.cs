namespace Tarn.Delivery.Tests.Jq;

/// <summary>
/// testdata/jq-1.6.tsv: a first line of inputs, then for each query what jq 1.6 gave for each of them, all values as
/// one array or "fault".
/// </summary>
internal static class JqTable
{
    private static readonly string[][] Lines =
    [
        .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "testdata", "jq-1.6.tsv"))
            .Select(line => line.Split('\t')),
    ];

    public static IReadOnlyList<string> Inputs { get; } = Lines[0][1..];

    public static IEnumerable<(string Query, string[] Expected)> Rows => Lines[1..].Select(row => (row[0], row[1..]));
}
