using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tarn.ContinuousQueries.Definitions;
using Tarn.Storage.Metadata;

namespace Tarn.ContinuousQueries.Alerts;

/// <summary>
/// Alerts, their rows and the notifications that wait, as resources of the metadata store: what a row becomes and what
/// is told of it are one commit. Layout: docs/formats/alerts.md.
/// </summary>
internal sealed class AlertStore(IMetadataStore metadata)
{
    private const string AlertKind = "alert";
    private const string RowKind = "alert-row";
    private const string NoticeKind = "alert-notice";
    private const string ProgressKind = "alert-progress";
    private const int PageSize = 1_000;

    public Task<List<AlertSpec>> ListAsync(CancellationToken cancellation) =>
        ListAsync(AlertKind, "", DefinitionJson.Default.AlertSpec, cancellation);

    public Task<List<AlertRow>> ListRowsAsync(string id, CancellationToken cancellation) =>
        ListAsync(RowKind, id + "/", DefinitionJson.Default.AlertRow, cancellation);

    /// <summary>Notifications that wait, in the order of their numbers.</summary>
    public Task<List<AlertNotice>> ListNoticesAsync(string id, CancellationToken cancellation) =>
        ListAsync(NoticeKind, id + "/", DefinitionJson.Default.AlertNotice, cancellation);

    public async Task<AlertProgress?> FindProgressAsync(string id, CancellationToken cancellation) =>
        await metadata.FindAsync(ProgressKind, id, cancellation).ConfigureAwait(false) is { } found
            ? JsonSerializer.Deserialize(found.Spec, DefinitionJson.Default.AlertProgress) : null;

    /// <summary>Creates the alert, or replaces the one of that name and forgets notifications of targets that it no
    /// longer has.</summary>
    public async Task PutAsync(AlertSpec alert, CancellationToken cancellation)
    {
        var waiting = await ListNoticesAsync(alert.Id, cancellation).ConfigureAwait(false);
        var targets = alert.Targets.Select(target => target.ToString()).ToHashSet(StringComparer.Ordinal);
        await metadata.ApplyAsync(
            [
                MetadataChange.Put(
                    AlertKind, alert.Name, JsonSerializer.Serialize(alert, DefinitionJson.Default.AlertSpec)),
                .. waiting.Where(notice => !targets.Contains(notice.Target))
                    .Select(notice => MetadataChange.Delete(NoticeKind, NameOf(alert.Id, notice))),
            ],
            cancellation).ConfigureAwait(false);
    }

    public Task DeleteAsync(AlertSpec alert, CancellationToken cancellation) => metadata.ApplyAsync(
        [
            MetadataChange.Delete(AlertKind, alert.Name),
            MetadataChange.DeletePrefix(RowKind, alert.Id + "/"),
            MetadataChange.DeletePrefix(NoticeKind, alert.Id + "/"),
            MetadataChange.DeletePrefix(ProgressKind, alert.Id),
        ],
        cancellation);

    /// <summary>What an evaluation came to, and what is to be told of it, whole or not at all.</summary>
    public Task ApplyAsync(
        string id, AlertStep step, IReadOnlyList<AlertNotice> notices, CancellationToken cancellation) =>
        metadata.ApplyAsync(
            [
                .. step.Changed.Select(row => MetadataChange.Put(
                    RowKind, NameOf(id, row.Key), JsonSerializer.Serialize(row, DefinitionJson.Default.AlertRow))),
                .. step.Removed.Select(key => MetadataChange.Delete(RowKind, NameOf(id, key))),
                .. notices.Select(notice => MetadataChange.Put(
                    NoticeKind, NameOf(id, notice),
                    JsonSerializer.Serialize(notice, DefinitionJson.Default.AlertNotice))),
            ],
            cancellation);

    public Task AcknowledgeAsync(
        string id, AlertNotice notice, DateTimeOffset now, CancellationToken cancellation) => metadata.ApplyAsync(
        [
            MetadataChange.Delete(NoticeKind, NameOf(id, notice)),
            MetadataChange.Put(ProgressKind, id, JsonSerializer.Serialize(
                new AlertProgress(now), DefinitionJson.Default.AlertProgress)),
        ],
        cancellation);

    private static string NameOf(string id, string key) =>
        $"{id}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";

    private static string NameOf(string id, AlertNotice notice) => string.Create(
        CultureInfo.InvariantCulture, $"{id}/{notice.Number:D19}/{notice.Target}");

    private async Task<List<T>> ListAsync<T>(
        string kind, string prefix, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var all = new List<T>();
        string? after = null;
        while (true)
        {
            var page = await metadata.ListAsync(kind, prefix, after, PageSize, cancellation).ConfigureAwait(false);
            all.AddRange(page.Select(resource => JsonSerializer.Deserialize(resource.Spec, type)!));
            if (page.Count < PageSize)
            {
                return all;
            }

            after = page[^1].Name;
        }
    }
}
