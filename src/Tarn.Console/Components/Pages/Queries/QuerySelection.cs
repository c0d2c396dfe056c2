using Tarn.ContinuousQueries;

namespace Tarn.Console.Components.Pages.Queries;

/// <summary>Which views a list shows, and in which order.</summary>
/// <param name="Text">Part of the name, the stream or the statement; empty: all.</param>
/// <param name="State">One of <see cref="QueryWords.States"/>; empty: all.</param>
/// <param name="Order">A column's key, after a minus from the largest down.</param>
internal sealed record QuerySelection(string Text, string State, string Order)
{
    public const string DefaultOrder = "name";

    private static readonly Dictionary<string, Func<ViewStatus, IComparable>> Columns = new()
    {
        ["name"] = view => view.Name,
        ["state"] = view => Concern(view),
        ["rate"] = view => view.RecordsPerSecond,
        ["lag"] = view => view.LagMilliseconds,
        ["watermark"] = view => view.Watermark ?? DateTimeOffset.MinValue,
        ["late"] = view => view.LateRecords,
        ["bad"] = view => view.BadRecords,
        ["rows"] = view => view.Groups,
        ["bytes"] = view => view.StateBytes,
    };

    private bool IsDescending => Order.StartsWith('-');

    private string Column => Order.TrimStart('-');

    /// <summary>The views that match, in order; equal ones by name.</summary>
    public IReadOnlyList<ViewStatus> Of(IEnumerable<ViewStatus> views)
    {
        var key = Columns.GetValueOrDefault(Column, Columns[DefaultOrder]);
        var found = views.Where(Matches).OrderBy(view => view.Name, StringComparer.Ordinal);
        return [.. IsDescending ? found.OrderByDescending(key) : found.OrderBy(key)];
    }

    public bool Has(string text) => Text.Length == 0 || text.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The order after a click on a column's head: figures begin with the largest.</summary>
    public string Turned(string column) => Column != column
        ? (column is "name" or "state" ? column : "-" + column)
        : IsDescending ? column : "-" + column;

    /// <summary><c>aria-sort</c> of a column's head, or null.</summary>
    public string? Sorting(string column) => Column != column ? null : IsDescending ? "descending" : "ascending";

    private static int Concern(ViewStatus view) =>
        QueryWords.States.Index().First(state => state.Item == Word(view)).Index;

    private static string Word(ViewStatus view) => new QueryWords(view, DateTimeOffset.UnixEpoch).State;

    private bool Matches(ViewStatus view) =>
        (State.Length == 0 || Word(view) == State) && (Has(view.Name) || Has(view.Stream) || Has(view.Sql));
}
