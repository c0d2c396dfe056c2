using System.Globalization;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Query.Executions;

/// <summary>
/// Bytes that each workgroup scanned since midnight (UTC). A query counts its estimate from the moment it begins, and
/// its true bytes from its end on; a server that was killed leaves the estimate, so that a restart never lets a limit
/// be passed. Entries are resources of kind <c>workgroup-scan</c>, <c>workgroup/day/execution</c>, the bytes as JSON.
/// Thread-safe.
/// </summary>
internal sealed class ScanLedger(IMetadataStore metadata, TimeProvider clock) : IDisposable
{
    private const string Kind = "workgroup-scan";

    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, (string Day, long Bytes)> _today = new(StringComparer.Ordinal);

    public async Task<long> TodayAsync(string workgroup, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await LoadAsync(workgroup, Today(), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Counts a query's estimate, or fails with LimitExceeded when the day would pass <paramref name="bytesMax"/>.
    /// </summary>
    public async Task<ScanEntry> ReserveAsync(
        string workgroup, string id, long bytes, long? bytesMax, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var day = Today();
            var scanned = await LoadAsync(workgroup, day, cancellation).ConfigureAwait(false);
            if (bytes > 0 && bytesMax is { } max && scanned + bytes > max)
            {
                throw new TarnException(
                    ErrorKind.LimitExceeded,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Bytes scanned limit of workgroup '{workgroup}' for today was exceeded: scanned {scanned:N0} "
                            + $"bytes, estimate {bytes:N0} bytes, limit {max:N0} bytes"),
                    hint: "the day ends at midnight UTC") { Code = "BYTES_SCANNED_LIMIT_EXCEEDED" };
            }

            _today[workgroup] = (day, scanned + bytes);
            return new ScanEntry(workgroup, day, id, bytes) { BytesMax = bytesMax - scanned };
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Replaces what the entry counts.</summary>
    public async Task<ScanEntry> SettleAsync(ScanEntry entry, long bytes)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_today.TryGetValue(entry.Workgroup, out var today) && today.Day == entry.Day)
            {
                _today[entry.Workgroup] = (today.Day, today.Bytes - entry.Bytes + bytes);
            }

            return entry with { Bytes = bytes };
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>What makes an entry durable, to be stored with the execution's state.</summary>
    public static MetadataChange Change(ScanEntry entry) => entry.Bytes > 0
        ? MetadataChange.Put(Kind, entry.Name, entry.Bytes.ToString(CultureInfo.InvariantCulture))
        : MetadataChange.Delete(Kind, entry.Name);

    public void Dispose() => _gate.Dispose();

    private string Today() => clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day's sum; the first time on a day it is read, and what earlier days left is removed.</summary>
    private async Task<long> LoadAsync(string workgroup, string day, CancellationToken cancellation)
    {
        if (_today.TryGetValue(workgroup, out var known) && known.Day == day)
        {
            return known.Bytes;
        }

        var bytes = 0L;
        var past = new HashSet<string>(StringComparer.Ordinal);
        string? after = null;
        while (await metadata.ListAsync(
            Kind, workgroup + "/", after, 1000, cancellation).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var entry in page)
            {
                var of = entry.Name.Split('/')[1];
                if (of == day)
                {
                    bytes += long.Parse(entry.Spec, CultureInfo.InvariantCulture);
                }
                else
                {
                    past.Add(of);
                }
            }

            after = page[^1].Name;
        }

        if (past.Count > 0)
        {
            await metadata.ApplyAsync(
                [.. past.Select(old => MetadataChange.DeletePrefix(Kind, $"{workgroup}/{old}/"))], cancellation)
                .ConfigureAwait(false);
        }

        _today[workgroup] = (day, bytes);
        return bytes;
    }
}
