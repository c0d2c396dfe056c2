using System.Globalization;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>
/// The output that waits, in the folder of the sink's snapshots: <c>epoch-N-V.tarnsink</c> while it waits, the same
/// with <c>.delivered</c> behind it once it was delivered. It is on disk before the snapshot that names it.
/// </summary>
internal sealed class SinkStage(string folder, string sinkId)
{
    private const string Suffix = ".tarnsink";
    private const string DeliveredSuffix = ".delivered";
    private const string TemporarySuffix = ".part";

    /// <summary>Writes it to disk and returns its name.</summary>
    public string Write(SinkEpoch epoch)
    {
        Directory.CreateDirectory(folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch.Number}-{epoch.Version}{Suffix}");
        var path = Path.Combine(folder, name);
        using (var file = new FileStream(path + TemporarySuffix, FileMode.Create, FileAccess.Write, FileShare.Read))
        {
            SinkEpochFile.Write(file, sinkId, epoch);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + TemporarySuffix, path, overwrite: true);
        return name;
    }

    /// <summary>What waits under that name; null: it was delivered. Removes what no snapshot names.</summary>
    public SinkEpoch? Read(string? name)
    {
        foreach (var other in Directory.EnumerateFiles(folder, "epoch-*").Where(file =>
            name is null || !Path.GetFileName(file).StartsWith(name, StringComparison.Ordinal)
            || file.EndsWith(TemporarySuffix, StringComparison.Ordinal)))
        {
            File.Delete(other);
        }

        if (name is null || File.Exists(Path.Combine(folder, name + DeliveredSuffix)))
        {
            return null;
        }

        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"'{path}' is missing");
        }

        using var file = File.OpenRead(path);
        return SinkEpochFile.Read(file, sinkId);
    }

    /// <summary>It needs not be delivered again. Removes the marks of those before it.</summary>
    public void Delivered(string name)
    {
        var path = Path.Combine(folder, name);
        File.Move(path, path + DeliveredSuffix, overwrite: true);
        foreach (var old in Directory.EnumerateFiles(folder, "epoch-*" + DeliveredSuffix))
        {
            if (old != path + DeliveredSuffix)
            {
                File.Delete(old);
            }
        }
    }
}
