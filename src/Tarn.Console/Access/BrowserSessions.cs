using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Tarn.Console.Access;

/// <summary>
/// Signed-in browsers, in memory only: a restart signs everybody out. Ids are 256 random bits. Thread-safe.
/// </summary>
internal sealed class BrowserSessions(TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private const int SessionsMax = 1000;
    private readonly ConcurrentDictionary<string, (Session Session, CancellationTokenSource Source)> sessions = new();

    /// <summary>Begins a session and returns its id.</summary>
    public string Begin(string accessKeyId)
    {
        Trim();
        var id = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var source = new CancellationTokenSource();
        sessions[id] = (new Session(accessKeyId, time.GetUtcNow() + Lifetime, source.Token), source);
        return id;
    }

    /// <summary>The session, or null when it is unknown, has ended or is too old.</summary>
    public Session? Find(string id)
    {
        if (!sessions.TryGetValue(id, out var entry))
        {
            return null;
        }

        if (entry.Session.ExpiresAt > time.GetUtcNow())
        {
            return entry.Session;
        }

        End(id);
        return null;
    }

    public void End(string id)
    {
        if (sessions.TryRemove(id, out var entry))
        {
            entry.Source.Cancel();
            entry.Source.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var id in sessions.Keys)
        {
            End(id);
        }
    }

    private void Trim()
    {
        var now = time.GetUtcNow();
        var byAge = sessions.OrderBy(pair => pair.Value.Session.ExpiresAt).ToList();
        var surplus = byAge.Count - SessionsMax + 1;
        foreach (var (id, entry) in byAge)
        {
            if (surplus-- > 0 || entry.Session.ExpiresAt <= now)
            {
                End(id);
            }
        }
    }
}
