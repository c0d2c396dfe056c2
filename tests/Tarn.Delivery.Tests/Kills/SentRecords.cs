using System.Globalization;

namespace Tarn.Delivery.Tests.Kills;

/// <summary>
/// What writers were told, over all rounds. Each writer has one call under way at a time, so that a record which was
/// kept without an answer can only be of the call after the last one that was answered, or of that one when the kill
/// cut its answer off.
/// </summary>
internal sealed class SentRecords
{
    private readonly HashSet<string> _acknowledged = [];
    private readonly Dictionary<string, int> _lastCalls = [];

    public int Count => _acknowledged.Count;

    public void Acknowledged(string id)
    {
        _acknowledged.Add(id);
        var (writer, call) = Split(id);
        _lastCalls[writer] = Math.Max(call, _lastCalls.GetValueOrDefault(writer, -1));
    }

    /// <summary>These are all that a delivery of the log has written: every acknowledged one, none twice.</summary>
    public void Check(string log, string delivery, IReadOnlyList<string> found)
    {
        var once = found.ToHashSet();
        Assert.True(once.Count == found.Count, $"{delivery} holds {found.Count - once.Count} records twice");
        var missing = _acknowledged
            .Where(id => id.StartsWith(log + "/", StringComparison.Ordinal)).Except(once).ToList();
        Assert.True(missing.Count == 0, $"{delivery} lacks {missing.Count} records such as {missing.FirstOrDefault()}");
        Assert.All(once.Except(_acknowledged), id =>
        {
            var (writer, call) = Split(id);
            Assert.StartsWith(log + "/", id, StringComparison.Ordinal);
            var last = _lastCalls.GetValueOrDefault(writer, -1);
            Assert.InRange(call, last, last + 1);
        });
    }

    private static (string Writer, int Call) Split(string id)
    {
        var parts = id.Split('/');
        return (string.Join('/', parts[..3]), int.Parse(parts[3], CultureInfo.InvariantCulture));
    }
}
