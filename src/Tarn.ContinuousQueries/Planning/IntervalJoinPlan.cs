using System.Globalization;
using Tarn.ContinuousQueries.Batches;
using Tarn.DuckDb.Results;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>
/// A join of two streams whose event times are bound to each other. Two leaves keep the rows of its sides, each for as
/// long as a partner may come, and stand behind the leaf of the joined rows in the plan: that leaf's batch is what the
/// new rows of both sides give with each other and with the rows that are kept.
/// </summary>
/// <param name="Number">Of all such joins of the plan.</param>
/// <param name="Least">Microseconds: the least difference of the right side's time and the left side's.</param>
/// <param name="Most">Microseconds: the greatest.</param>
internal sealed record IntervalJoinPlan(int Number, LeafPlan Left, LeafPlan Right, long Least, long Most)
{
    /// <summary>Where the leaf of a side stands, after that of the joined rows.</summary>
    public const int LeftLeaf = 1;
    public const int RightLeaf = 2;

    /// <summary>The column of a side's rows that holds the event time.</summary>
    public const int TimeValue = 0;

    public string LeftNew => Name("left_new");

    public string LeftKept => Name("left_kept");

    public string RightNew => Name("right_new");

    public string RightKept => Name("right_kept");

    /// <summary>Columns of a side's new rows, as its batch gives them.</summary>
    public static IReadOnlyList<DuckDbColumn> NewColumns(LeafPlan side) =>
        [side.StateColumns[0], .. side.StateColumns.Skip(side.KeyTypes.Count)];

    private string Name(string what) => string.Create(CultureInfo.InvariantCulture, $"tarn_join_{Number}_{what}");
}
