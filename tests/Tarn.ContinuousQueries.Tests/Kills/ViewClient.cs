using Tarn.ContinuousQueries.Subscriptions;

namespace Tarn.ContinuousQueries.Tests.Kills;

/// <summary>What a client has that applies a subscription's changes to what it had before.</summary>
internal sealed class ViewClient
{
    private readonly Dictionary<(string Key, int Nth), string> _rows = [];
    private readonly Dictionary<string, int> _counts = [];

    public long Version { get; private set; } = -1;

    /// <summary>The view as the client sees it.</summary>
    public IReadOnlyList<string> Rows => [.. _rows.Values.Order(StringComparer.Ordinal)];

    public void Apply(ViewChanges changes)
    {
        if (changes.Version < Version)
        {
            throw new InvalidDataException($"version {changes.Version} came after {Version}");
        }

        Version = changes.Version;
        if (changes.IsSnapshot)
        {
            _rows.Clear();
            _counts.Clear();
        }

        foreach (var row in changes.Removed)
        {
            _rows.Remove((KeyOf(changes, row), 0));
        }

        // Rows of a snapshot may share their keys, where the view does not show all: then only snapshots follow.
        var isAdding = changes.IsSnapshot || changes.Appends;
        foreach (var row in changes.Rows)
        {
            var (key, nth) = (KeyOf(changes, row), 0);
            if (isAdding)
            {
                nth = _counts[key] = _counts.GetValueOrDefault(key, -1) + 1;
            }

            _rows[(key, nth)] = Text(row);
        }
    }

    private static string KeyOf(ViewChanges changes, IReadOnlyList<object?> row) =>
        Text([.. row.Where((_, column) => changes.Columns[column].IsKey)]);

    private static string Text(IReadOnlyList<object?> row) => string.Join(" | ", row.Select(TextRows.Text));
}
