using System.Security.Cryptography;
using System.Text;
using Tarn.DuckDb;
using Tarn.Query.Workgroups;

namespace Tarn.Query.Executions;

/// <summary>
/// The DuckDB instance that a workgroup's queries run in: the shared one, or one of its own when its memory is limited,
/// as DuckDB limits memory by instance only. Thread-safe.
/// </summary>
internal sealed class WorkgroupEngines(IDuckDb shared, DuckDbOptions options) : IDisposable
{
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
                TempDirectory = Path.TrimEndingDirectorySeparator(options.TempDirectory) + "-" + name,
            });
            _own[workgroup.Name] = (bytes, engine);
            return engine;
        }
    }

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
