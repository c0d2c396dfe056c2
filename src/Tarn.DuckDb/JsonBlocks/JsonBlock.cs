using Tarn.DuckDb.NativeTables;

namespace Tarn.DuckDb.JsonBlocks;

/// <summary>
/// Payloads and the rows they became. It goes round: filled and parsed by any thread, read by the scan's, used again.
/// </summary>
internal sealed class JsonBlock
{
    private readonly JsonDocuments _documents;
    private readonly TextHeap _heap = new();
    private readonly List<(int Index, Refusal Refusal)> _refusals = [];

    public JsonBlock(PayloadBlock payloads, NativeMember[] columns, JsonReading reading)
    {
        Payloads = payloads;
        Columns = [.. columns.Select(column => new ColumnBuffer(column.Type))];
        _documents = new JsonDocuments(columns, reading);
    }

    public PayloadBlock Payloads { get; }

    public ColumnBuffer[] Columns { get; }

    public int Rows { get; private set; }

    public IReadOnlyList<(int Index, Refusal Refusal)> Refusals => _refusals;

    /// <summary>What reading or parsing threw, to be thrown where the rows would have been read.</summary>
    public Exception? Failure { get; set; }

    public IEnumerable<string> UnknownNames => _documents.UnknownNames;

    public void Parse()
    {
        _heap.Clear();
        _refusals.Clear();
        foreach (var column in Columns)
        {
            column.Clear();
        }

        var rows = 0;
        for (var index = 0; index < Payloads.Count; index++)
        {
            if (_documents.Read(Payloads.Text(index, _heap), Columns, ref rows) is { } refusal)
            {
                _refusals.Add((index, refusal));
            }
        }

        Rows = rows;
    }
}
