using System.Text.Json;
using Tarn.Delivery.Checkpoints;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Delivery.Specs;

/// <summary>Reads and writes the settings of delivery streams.</summary>
internal sealed class DeliveryResources(IMetadataStore metadata, CheckpointStore checkpoints)
{
    private const int PageSize = 1000;

    public async Task<DeliveryResource?> FindAsync(string name, CancellationToken cancellation)
    {
        var resource = await metadata.FindAsync(DeliveryResource.Kind, name, cancellation).ConfigureAwait(false);
        return resource is null ? null : Read(resource);
    }

    /// <summary>All, ordered by name.</summary>
    public async Task<IReadOnlyList<DeliveryResource>> ListAsync(CancellationToken cancellation)
    {
        var found = new List<DeliveryResource>();
        string? after = null;
        while (true)
        {
            var page = await metadata.ListAsync(DeliveryResource.Kind, "", after, PageSize, cancellation)
                .ConfigureAwait(false);
            found.AddRange(page.Select(Read));
            if (page.Count < PageSize)
            {
                return found;
            }

            after = page[^1].Name;
        }
    }

    public Task SaveAsync(DeliveryResource resource, CancellationToken cancellation)
    {
        var json = JsonSerializer.Serialize(resource, DeliveryJson.Default.DeliveryResource);
        var change = MetadataChange.Put(DeliveryResource.Kind, resource.Delivery!.Name, json);
        return metadata.ApplyAsync([change], cancellation);
    }

    /// <summary>Removes the settings and the checkpoints.</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellation)
    {
        var stored = await checkpoints.ListAsync(name, cancellation).ConfigureAwait(false);
        var gone = stored.Select(checkpoint => MetadataChange.Delete(CheckpointStore.Kind, checkpoint.Name));
        await metadata.ApplyAsync([MetadataChange.Delete(DeliveryResource.Kind, name), .. gone], cancellation)
            .ConfigureAwait(false);
    }

    private static DeliveryResource Read(Resource resource)
    {
        var read = JsonSerializer.Deserialize(resource.Spec, DeliveryJson.Default.DeliveryResource)?.Upgrade();
        return read?.Delivery is null
            ? throw new TarnException(
                ErrorKind.Damaged, $"delivery stream '{resource.Name}' is stored without settings")
            : read;
    }
}
