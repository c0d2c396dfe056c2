using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Tarn.DuckDb;
using Tarn.Query.Workgroups;

namespace Tarn.Query.Executions;

/// <summary>
/// The DuckDB instance that a workgroup's queries run in: the shared one, or one of its own when its memory is limited,
/// as DuckDB limits memory by instance only. Thread-safe.
/// </summary>
internal sealed class WorkgroupEngines(IDuckDb shared, DuckDbOptions options) : IHostedService, IDisposable
{
    private readonly string _folder = Path.TrimEndingDirectorySeparator(options.TempDirectory);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Bytes, IDuckDb Engine)> _own = new(StringComparer.Ordinal);

    /// <summary>A changed limit holds from the next query on; what runs then fails and says so.</summary>
    public IDuckDb Of(Workgroup workgroup)
    {
        if (workgroup.MemoryBytesMax is not { } bytes || bytes >= options.MemoryBytesMax)
        {
            return shared;
        }

        lock (_gate)
        {
            if (_own.TryGetValue(workgroup.Name, out var own))
            {
                if (own.Bytes == bytes)
                {
                    return own.Engine;
                }

                own.Engine.Dispose();
            }

            var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(workgroup.Name)))[..16];
            var engine = DuckDbInstance.Open(options with
            {
                MemoryBytesMax = bytes,
                TempDirectory = _folder + "-" + name,
            });
            _own[workgroup.Name] = (bytes, engine);
            return engine;
        }
    }

    /// <summary>Removes what workgroups' instances had spilled when the server was killed.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var parent = Path.GetDirectoryName(_folder)!;
        if (Directory.Exists(parent))
        {
            foreach (var left in Directory.EnumerateDirectories(parent, Path.GetFileName(_folder) + "-*"))
            {
                Directory.Delete(left, recursive: true);
            }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var (_, engine) in _own.Values)
            {
                engine.Dispose();
            }

            _own.Clear();
        }
    }
}
