using System.Globalization;
using Microsoft.Extensions.Logging;
using Tarn.ContinuousQueries.State;

namespace Tarn.ContinuousQueries.Snapshots;

/// <summary>
/// The snapshots of one view, <c>snapshot-N.tarnview</c>. A new one is written beside the old under a temporary
/// name, fsynced, renamed, and only then the old one is removed: whenever the process dies, at least one whole
/// snapshot is there.
/// </summary>
internal sealed partial class SnapshotFolder(string path, ILogger logger)
{
    private const string Prefix = "snapshot-";
    private const string Suffix = ".tarnview";
    private const string TemporarySuffix = ".tmp";

    /// <summary>Whether there is any snapshot, whole or not.</summary>
    public bool HasFiles => Directory.Exists(path) && List().Count > 0;

    /// <summary>Writes the next snapshot and removes the ones before it.</summary>
    public void Write(SnapshotHeader header, FrozenView state)
    {
        Directory.CreateDirectory(path);
        var before = List();
        var number = before.Count == 0 ? 1 : before[0].Number + 1;
        var name = Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}{Suffix}"));
        using (var file = new FileStream(name + TemporarySuffix, FileMode.Create, FileAccess.Write, FileShare.Read))
        {
            SnapshotFile.Write(file, header, state);
            file.Flush(flushToDisk: true);
        }

        File.Move(name + TemporarySuffix, name);
        foreach (var old in before)
        {
            File.Delete(old.Path);
        }
    }

    /// <summary>The newest whole snapshot, or null. Damaged ones are passed over with a warning; temporary files are
    /// removed.</summary>
    /// <param name="newState">Makes an empty state.</param>
    /// <param name="now">Microseconds by which the time to live runs.</param>
    public (SnapshotHeader Header, ViewState State)? Read(
        Func<ViewState> newState, string viewId, string planHash, long now)
    {
        if (!Directory.Exists(path))
        {
            return null;
        }

        foreach (var torn in Directory.EnumerateFiles(path, "*" + TemporarySuffix))
        {
            File.Delete(torn);
        }

        foreach (var (_, file) in List())
        {
            try
            {
                using var stream = File.OpenRead(file);
                var state = newState();
                return (SnapshotFile.Read(stream, state, viewId, planHash, now), state);
            }
            catch (InvalidDataException cause)
            {
                PassedOver(file, cause.Message);
            }
        }

        return null;
    }

    /// <summary>Removes all snapshots.</summary>
    public void Delete()
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private List<(long Number, string Path)> List() =>
    [
        .. Directory.EnumerateFiles(path, Prefix + "*" + Suffix)
            .Select(file => (Number: NumberOf(file), Path: file))
            .Where(file => file.Number > 0)
            .OrderByDescending(file => file.Number),
    ];

    private static long NumberOf(string file) => long.TryParse(
        Path.GetFileName(file).AsSpan()[Prefix.Length..^Suffix.Length], NumberStyles.None,
            CultureInfo.InvariantCulture, out var number)
            ? number : 0;

    [LoggerMessage(6301, LogLevel.Warning, "snapshot '{File}' is passed over: {Reason}")]
    private partial void PassedOver(string file, string reason);
}
