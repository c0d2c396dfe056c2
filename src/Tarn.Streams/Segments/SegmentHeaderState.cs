namespace Tarn.Streams.Segments;

internal enum SegmentHeaderState
{
    Good,

    /// <summary>Not a header, or one whose checksum does not fit this segment.</summary>
    Damaged,

    /// <summary>Written by a later version of Tarn.</summary>
    TooNew,
}
