namespace Tarn.Streams;

/// <summary>When an append is answered.</summary>
public enum StreamDurability
{
    /// <summary>After fsync: nothing acknowledged is lost, not even with the power.</summary>
    Disk,

    /// <summary>
    /// After the write: a killed process loses nothing, a lost power supply may take up to a second of acknowledged
    /// records.
    /// </summary>
    OperatingSystem,
}
