using Tarn.Streams.Segments;

namespace Tarn.Streams.Commits;

/// <summary>
/// How the records of one append are spread over batches. Counting and writing use the same rule, so that the buffer
/// fits.
/// </summary>
internal struct BatchPacking
{
    /// <summary>
    /// A batch grows up to this; one larger record is a batch of its own. Bounds what a small read must load.
    /// </summary>
    public const int BodyLengthTarget = 256 << 10;

    private int _bodyLength;

    /// <summary>Headers and bodies so far.</summary>
    public int TotalLength { get; private set; }

    public int RecordCount { get; private set; }

    /// <summary>Adds a record; true when it begins a batch.</summary>
    public bool Add(int frameLength)
    {
        var begins = _bodyLength == 0 || _bodyLength + frameLength > BodyLengthTarget;
        if (begins)
        {
            _bodyLength = 0;
            TotalLength += BatchHeader.Size;
        }

        _bodyLength += frameLength;
        TotalLength += frameLength;
        RecordCount++;
        return begins;
    }
}
