using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tarn.Storage.Metadata;

namespace Tarn.ContinuousQueries.Definitions;

/// <summary>Sources, views and sinks as resources of the metadata store, by name.</summary>
internal sealed class DefinitionStore(IMetadataStore metadata)
{
    private const string SourceKind = "source";
    private const string ViewKind = "view";
    private const string SuccessorKind = "view-successor";
    private const string SinkKind = "sink";
    private const int PageSize = 1_000;

    public Task<List<SourceSpec>> ListSourcesAsync(CancellationToken cancellation) =>
        ListAsync(SourceKind, DefinitionJson.Default.SourceSpec, cancellation);

    public Task<List<ViewSpec>> ListViewsAsync(CancellationToken cancellation) =>
        ListAsync(ViewKind, DefinitionJson.Default.ViewSpec, cancellation);

    public Task CreateAsync(SourceSpec source, CancellationToken cancellation) => metadata.ApplyAsync(
        [MetadataChange.Create(
            SourceKind, source.Name, JsonSerializer.Serialize(source, DefinitionJson.Default.SourceSpec))],
        cancellation);

    /// <summary>Creates the source, or replaces the one of that name.</summary>
    public Task PutAsync(SourceSpec source, CancellationToken cancellation) => metadata.ApplyAsync(
        [MetadataChange.Put(
            SourceKind, source.Name, JsonSerializer.Serialize(source, DefinitionJson.Default.SourceSpec))],
        cancellation);

    /// <summary>Creates the view, or replaces the one of that name.</summary>
    public Task PutAsync(ViewSpec view, CancellationToken cancellation) => metadata.ApplyAsync(
        [MetadataChange.Put(ViewKind, view.Name, JsonSerializer.Serialize(view, DefinitionJson.Default.ViewSpec))],
        cancellation);

    /// <summary>New versions of views that count anew and are not read yet.</summary>
    public Task<List<ViewSpec>> ListSuccessorsAsync(CancellationToken cancellation) =>
        ListAsync(SuccessorKind, DefinitionJson.Default.ViewSpec, cancellation);

    public Task PutSuccessorAsync(ViewSpec view, CancellationToken cancellation) => metadata.ApplyAsync(
        [MetadataChange.Put(SuccessorKind, view.Name, JsonSerializer.Serialize(view, DefinitionJson.Default.ViewSpec))],
        cancellation);

    public Task DeleteSuccessorAsync(string name, CancellationToken cancellation) =>
        metadata.ApplyAsync([MetadataChange.Delete(SuccessorKind, name)], cancellation);

    /// <summary>Makes a successor the view of its name, in one step.</summary>
    public Task SwapAsync(ViewSpec successor, CancellationToken cancellation) => metadata.ApplyAsync(
        [
            MetadataChange.Put(
                ViewKind, successor.Name, JsonSerializer.Serialize(successor, DefinitionJson.Default.ViewSpec)),
            MetadataChange.Delete(SuccessorKind, successor.Name),
        ],
        cancellation);

    public Task DeleteSourceAsync(string name, CancellationToken cancellation) =>
        metadata.ApplyAsync([MetadataChange.Delete(SourceKind, name)], cancellation);

    public Task DeleteViewAsync(string name, CancellationToken cancellation) =>
        metadata.ApplyAsync([MetadataChange.Delete(ViewKind, name)], cancellation);

    public Task<List<SinkSpec>> ListSinksAsync(CancellationToken cancellation) =>
        ListAsync(SinkKind, DefinitionJson.Default.SinkSpec, cancellation);

    /// <summary>Creates the sink, or replaces the one of that name.</summary>
    public Task PutAsync(SinkSpec sink, CancellationToken cancellation) => metadata.ApplyAsync(
        [MetadataChange.Put(SinkKind, sink.Name, JsonSerializer.Serialize(sink, DefinitionJson.Default.SinkSpec))],
        cancellation);

    public Task DeleteSinkAsync(string name, CancellationToken cancellation) =>
        metadata.ApplyAsync([MetadataChange.Delete(SinkKind, name)], cancellation);

    private async Task<List<T>> ListAsync<T>(string kind, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var all = new List<T>();
        string? after = null;
        while (true)
        {
            var page = await metadata.ListAsync(kind, "", after, PageSize, cancellation).ConfigureAwait(false);
            all.AddRange(page.Select(resource => JsonSerializer.Deserialize(resource.Spec, type)!));
            if (page.Count < PageSize)
            {
                return all;
            }

            after = page[^1].Name;
        }
    }
}
