using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Scanning;

namespace Tarn.Storage.Objects.Remote;

/// <summary>There is nothing to bring together: what the S3 service lists is what is there.</summary>
internal sealed class RefusedScan : IObjectScan
{
    public Task<ScanSummary> ScanAsync(
        string bucket, Func<ScanFinding, Task> found, CancellationToken cancellation) => throw new TarnException(
            ErrorKind.Unsupported,
            "objects kept in an S3 service are not scanned",
            "what somebody puts there is an object at once");
}
