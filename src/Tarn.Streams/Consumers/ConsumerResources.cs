using System.Text.Json;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Streams.Consumers;

/// <summary>
/// Consumers in the metadata store. The stream's name stands before the consumer's, so that all of a stream's go with
/// it in one change.
/// </summary>
internal sealed class ConsumerResources(IMetadataStore store)
{
    private const string Kind = "stream-consumer";
    private const string StreamKind = "stream";
    private const int PageCount = 1000;

    /// <summary>The consumers of all streams.</summary>
    public async Task<List<StreamConsumer>> ListAsync(CancellationToken cancellation)
    {
        var found = new List<StreamConsumer>();
        string? after = null;
        while (true)
        {
            var page = await store.ListAsync(Kind, "", after, PageCount, cancellation);
            found.AddRange(page.Select(Read));
            if (page.Count < PageCount)
            {
                return found;
            }

            after = page[^1].Name;
        }
    }

    public Task PutAsync(StreamConsumer consumer, CancellationToken cancellation) => store.ApplyAsync(
        [
            MetadataChange.Require(StreamKind, consumer.Stream),
            MetadataChange.Put(Kind, NameOf(consumer.Stream, consumer.Name), JsonSerializer.Serialize(
                ConsumerDefinition.Of(consumer), ConsumerDefinitionJsonContext.Default.ConsumerDefinition)),
        ],
        cancellation);

    public Task DeleteAsync(StreamConsumer consumer, CancellationToken cancellation) =>
        store.ApplyAsync([MetadataChange.Delete(Kind, NameOf(consumer.Stream, consumer.Name))], cancellation);

    /// <summary>What the deletion of a stream does to its consumers.</summary>
    public static MetadataChange DeleteAll(string stream) => MetadataChange.DeletePrefix(Kind, NameOf(stream, ""));

    private static string NameOf(string stream, string consumer) => stream + "/" + consumer;

    private static StreamConsumer Read(Resource resource)
    {
        try
        {
            return JsonSerializer.Deserialize(
                resource.Spec, ConsumerDefinitionJsonContext.Default.ConsumerDefinition)!.Consumer;
        }
        catch (JsonException cause)
        {
            throw new TarnException(
                ErrorKind.Damaged,
                $"the definition of consumer '{resource.Name}' is not understood",
                cause.Message,
                "it may have been written by a later version of tarn",
                cause);
        }
    }
}
