namespace Tarn.Console.Tiles;

/// <summary>
/// The best rows of a view, kept from its snapshot and changes without holding the whole view: at most <see
/// cref="KeptMax"/> rows. Rows that were dropped are remembered only by the best rank among them; a kept row that
/// ranks above it is certainly right. When changes leave fewer such rows than are shown, a new snapshot is needed.
/// </summary>
/// <remarks>Not thread-safe: one owner per subscription.</remarks>
internal sealed class BestRows(RowOrder order, IReadOnlyList<int> keyColumns, int rowsMax)
{
    public const int KeptMin = 2000;

    private readonly Dictionary<RowKey, IReadOnlyList<object?>> kept = [];
    private IReadOnlyList<object?>? bestDropped;

    public int KeptMax { get; } = Math.Max(KeptMin, rowsMax * 4);

    /// <summary>True when the shown rows can no longer be told from what is kept.</summary>
    public bool NeedsSnapshot =>
        bestDropped is not null && kept.Values.Count(row => order.Compare(row, bestDropped) <= 0) < rowsMax;

    /// <summary>Rows have no columns that identify them: the view is one row, or they are only ever added.</summary>
    public bool HasNoKeys => keyColumns.Count == 0;

    public void Reset()
    {
        kept.Clear();
        bestDropped = null;
    }

    /// <summary>Takes away rows of which the key columns are given.</summary>
    public void Remove(IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        foreach (var row in rows)
        {
            kept.Remove(new RowKey(row, keyColumns));
        }
    }

    /// <summary>Takes new and changed rows.</summary>
    public void Put(IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        foreach (var row in rows)
        {
            kept[new RowKey(row, keyColumns)] = row;
            if (kept.Count >= KeptMax * 2)
            {
                Trim();
            }
        }

        Trim();
    }

    public IReadOnlyList<IReadOnlyList<object?>> Show() => order.Show(kept.Values, rowsMax);

    private void Trim()
    {
        if (kept.Count <= KeptMax)
        {
            return;
        }

        var ranked = kept.OrderBy(pair => pair.Value, order).ToList();
        var best = ranked[KeptMax].Value;
        bestDropped = bestDropped is null || order.Compare(best, bestDropped) < 0 ? best : bestDropped;
        foreach (var (key, _) in ranked.Skip(KeptMax))
        {
            kept.Remove(key);
        }
    }
}
