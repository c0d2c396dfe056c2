using System.Globalization;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;
using Tarn.Streams.Consumers;

namespace Tarn.Streams.Definitions;

/// <summary>
/// Streams in the metadata store: kind <c>stream</c>, one resource each, and kind <c>stream-numbers</c> with the single
/// resource <c>floor</c>, below which sequence numbers of deleted streams lie. A new stream begins above it even when
/// the clock was set back.
/// </summary>
internal sealed class StreamResources(IMetadataStore store)
{
    private const string Kind = "stream";
    private const string NumbersKind = "stream-numbers";
    private const string FloorName = "floor";
    private const int PageCount = 1000;

    public async Task<List<StreamDefinition>> ListAsync(CancellationToken cancellation)
    {
        var found = new List<StreamDefinition>();
        string? after = null;
        while (true)
        {
            var page = await store.ListAsync(Kind, "", after, PageCount, cancellation);
            found.AddRange(page.Select(resource => StreamDefinitionJson.Read(resource.Name, resource.Spec)));
            if (page.Count < PageCount)
            {
                return found;
            }

            after = page[^1].Name;
        }
    }

    public Task CreateAsync(StreamDefinition definition, CancellationToken cancellation) =>
        store.ApplyAsync(
            [MetadataChange.Create(Kind, definition.Name, StreamDefinitionJson.Write(definition))], cancellation);

    public Task ReplaceAsync(StreamDefinition definition, CancellationToken cancellation) =>
        store.ApplyAsync(
            [MetadataChange.Put(Kind, definition.Name, StreamDefinitionJson.Write(definition))], cancellation);

    /// <summary>
    /// Removes the stream with its consumers and raises the floor to <paramref name="nextSequence"/>, all or nothing.
    /// </summary>
    public async Task DeleteAsync(string name, ulong nextSequence, CancellationToken cancellation)
    {
        var floor = Math.Max(nextSequence, await FloorAsync(cancellation));
        var spec = $$"""{"next":"{{floor.ToString(CultureInfo.InvariantCulture)}}"}""";
        await store.ApplyAsync(
            [
                MetadataChange.Delete(Kind, name),
                ConsumerResources.DeleteAll(name),
                MetadataChange.Put(NumbersKind, FloorName, spec),
            ],
            cancellation);
    }

    /// <summary>Every number ever given to a deleted stream is below this.</summary>
    public async Task<ulong> FloorAsync(CancellationToken cancellation)
    {
        if (await store.FindAsync(NumbersKind, FloorName, cancellation) is not { } resource)
        {
            return 0;
        }

        using var json = System.Text.Json.JsonDocument.Parse(resource.Spec);
        var next = json.RootElement.GetProperty("next").GetString();
        return ulong.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out var floor)
            ? floor
            : throw new TarnException(ErrorKind.Damaged, $"resource '{NumbersKind}/{FloorName}' is not understood");
    }
}
