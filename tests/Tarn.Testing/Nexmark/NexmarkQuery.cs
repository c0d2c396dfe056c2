namespace Tarn.Testing.Nexmark;

/// <summary>A query of Nexmark's, in the syntax of continuous queries and as batch SQL for DuckDB.</summary>
/// <param name="Name">Such as <c>q5</c>.</param>
/// <param name="About">What it asks, in a line.</param>
/// <param name="View">What follows CREATE MATERIALIZED VIEW ... AS, over the sources person, auction and bid.</param>
/// <param name="Batch">Over tables of those names that hold all events.</param>
public sealed record NexmarkQuery(string Name, string About, string View, string Batch)
{
    private const string ViewMark = "-- view";
    private const string BatchMark = "-- batch";

    public static IReadOnlyList<string> Names { get; } =
        ["q0", "q1", "q2", "q3", "q4", "q5", "q7", "q8", "q11", "q12", "q14", "q17", "q18", "q19", "q20"];

    /// <summary>What stands between the view's name and AS: views of rows say for how long they keep them.</summary>
    public string Options => Name is "q11" or "q12" or "q17" ? "" : "WITH (ttl = '365 days')";

    public static NexmarkQuery Read(string name)
    {
        using var stream = typeof(NexmarkQuery).Assembly.GetManifestResourceStream($"Nexmark.{name}.sql")
            ?? throw new ArgumentOutOfRangeException(nameof(name), name, "not a query of Nexmark's");
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        var (view, batch) = (text.IndexOf(ViewMark, StringComparison.Ordinal),
            text.IndexOf(BatchMark, StringComparison.Ordinal));
        var select = text[(view + ViewMark.Length)..(batch < 0 ? text.Length : batch)].Trim();
        return new NexmarkQuery(
            name,
            text[..view].Replace("--", "", StringComparison.Ordinal).ReplaceLineEndings(" ").Trim(),
            select,
            batch < 0 ? select : text[(batch + BatchMark.Length)..].Trim());
    }
}
