namespace Tarn.Query.Results;

/// <summary>
/// Byte offsets of every n-th row; n doubles when there are too many, so that any result keeps at most a thousand.
/// </summary>
internal sealed class RowOffsets
{
    private const int EntriesMax = 1024;

    private List<long> _offsets = [];

    public long PageRows { get; private set; } = 1000;

    public IReadOnlyList<long> Offsets => _offsets;

    /// <summary>Called before each row is written.</summary>
    public void Add(long row, long offset)
    {
        if (row % PageRows != 0)
        {
            return;
        }

        if (_offsets.Count == EntriesMax)
        {
            _offsets = [.. _offsets.Where((_, i) => i % 2 == 0)];
            PageRows *= 2;
            if (row % PageRows != 0)
            {
                return;
            }
        }

        _offsets.Add(offset);
    }
}
