using Tarn.Streams.Records;

namespace Tarn.Streams.Shards;

/// <summary>What is left of a read's bounds. The first record always fits.</summary>
internal struct ReadRoom(ReadBounds bounds)
{
    private bool _any;

    public int RecordsLeft { get; private set; } = bounds.RecordsMax;

    public int BytesLeft { get; private set; } = bounds.BytesMax;

    public bool IsFull { get; private set; }

    public bool TryTake(int bytes)
    {
        if (IsFull || (_any && bytes > BytesLeft))
        {
            IsFull = true;
            return false;
        }

        _any = true;
        RecordsLeft--;
        BytesLeft -= bytes;
        IsFull = RecordsLeft <= 0 || BytesLeft <= 0;
        return true;
    }
}
