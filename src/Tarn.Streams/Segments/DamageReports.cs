using Microsoft.Extensions.Logging;

namespace Tarn.Streams.Segments;

/// <summary>Says once about each place that it is damaged, in the log and to whoever asks. Thread-safe.</summary>
internal sealed partial class DamageReports(ILogger<DamageReports> logger)
{
    private readonly Dictionary<(string File, long Offset), Damage> _known = [];

    /// <summary>Everything found since start.</summary>
    public IReadOnlyList<Damage> All
    {
        get
        {
            lock (_known)
            {
                return [.. _known.Values];
            }
        }
    }

    public void Report(Damage damage)
    {
        lock (_known)
        {
            if (!_known.TryAdd((damage.File, damage.Offset), damage))
            {
                return;
            }
        }

        if (damage.Fate == DamageFate.TornTail)
        {
            TornTail(damage.File, damage.Offset, damage.Length);
        }
        else
        {
            SteppedOver(damage.File, damage.Offset, damage.Length);
        }
    }

    [LoggerMessage(2103, LogLevel.Information, "{File}: made again from the headers of its segment")]
    public partial void IndexRebuilt(string file);

    [LoggerMessage(2104, LogLevel.Warning, "{File}: not written, the index stays in memory until restart")]
    public partial void IndexNotWritten(string file, Exception cause);

    [LoggerMessage(2101, LogLevel.Warning, "{File}: cut {Length} bytes of an unfinished append off at offset {Offset}")]
    private partial void TornTail(string file, long offset, long length);

    [LoggerMessage(2102, LogLevel.Error, "{File}: {Length} damaged bytes at offset {Offset}, their records are lost")]
    private partial void SteppedOver(string file, long offset, long length);
}
