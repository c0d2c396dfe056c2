using System.Globalization;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Subscriptions;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// How a view is kept: leaves hold state of one source each, and one SELECT over the leaves gives the view's rows.
/// </summary>
internal sealed record ViewPlan
{
    /// <summary>Name under which a batch's records are registered in the session.</summary>
    public const string BatchTable = "tarn_batch";

    public required IReadOnlyList<LeafPlan> Leaves { get; init; }

    /// <summary>Reads the leaves' state tables.</summary>
    public required string FinalSql { get; init; }

    /// <summary>As <see cref="FinalSql"/>, of keys alone, over the first leaf. Null: rows are not known by keys.
    /// </summary>
    public string? KeySql { get; init; }

    public required IReadOnlyList<CellType> FinalTypes { get; init; }

    public required IReadOnlyList<ViewColumn> Columns { get; init; }

    public required ChangeForm Changes { get; init; }

    /// <summary>A row appears once and never changes: no group of it takes records after it was shown.</summary>
    public bool IsAppendOnly { get; init; }

    /// <summary>Sources in the order in which leaves first name them.</summary>
    public IReadOnlyList<SourceSpec> Sources => [.. Leaves.Select(leaf => leaf.Source).DistinctBy(source =>
        source.Name)];

    /// <summary>Equal for plans that can share a snapshot.</summary>
    public string Fingerprint => string.Join("\n\n", Leaves.Select(leaf => leaf.Fingerprint));

    /// <summary>Name under which a leaf's state is registered in the session.</summary>
    public static string StateTable(int leaf) => string.Create(CultureInfo.InvariantCulture, $"tarn_state_{leaf}");

    /// <summary>Name that the view's SELECT has for a leaf's rows.</summary>
    public static string LeafTable(int leaf) => string.Create(CultureInfo.InvariantCulture, $"tarn_leaf_{leaf}");
}
