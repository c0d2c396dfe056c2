using Tarn.Storage.Metadata;

namespace Tarn.Catalog.Exclusions;

/// <summary>
/// Which objects in tables' folders count for no table right now, because others hold their rows or are about to.
/// They are kept by folder and not by partition, so that they hold for every table that reads the folder, also for one
/// that is dropped and created again meanwhile.
/// </summary>
/// <remarks>
/// A listing of objects takes its time. Who lists reads the exclusions before and after: where
/// <see cref="ExcludedObjects.DiffersAt"/> says so, the folder is listed again. An exclusion therefore has to stay for
/// longer than a listing lasts. Thread-safe.
/// </remarks>
public interface IObjectExclusions
{
    Task<ExcludedObjects> ListAsync(CancellationToken cancellation);

    /// <summary>The change that makes this the exclusion of its id.</summary>
    MetadataChange Plan(Exclusion exclusion);

    /// <summary>The change that ends an exclusion.</summary>
    MetadataChange PlanEnd(string id);
}
