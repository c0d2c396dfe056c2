namespace Tarn.Streams.Records;

/// <summary>How the bytes of an entry's payload stand in memory.</summary>
public enum PayloadEncoding
{
    /// <summary>As they are stored.</summary>
    None,

    /// <summary>As base64 text, decoded on its way into the log.</summary>
    Base64,
}
