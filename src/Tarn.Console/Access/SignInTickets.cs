using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Tarn.Console.Access;

/// <summary>
/// One-time addresses that sign a browser in, asked for by a command line that holds the key. Thread-safe.
/// </summary>
internal sealed class SignInTickets(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, SignInTicket> tickets = new();

    /// <summary>A new ticket's id.</summary>
    public (string Id, SignInTicket Ticket) Issue(string accessKeyId, string path)
    {
        var now = time.GetUtcNow();
        foreach (var (old, entry) in tickets)
        {
            if (entry.ExpiresAt <= now)
            {
                tickets.TryRemove(old, out _);
            }
        }

        var id = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var ticket = new SignInTicket(accessKeyId, path, now + Lifetime);
        tickets[id] = ticket;
        return (id, ticket);
    }

    /// <summary>The ticket, which cannot be used again; null when it is unknown, used or too old.</summary>
    public SignInTicket? Redeem(string id) =>
        tickets.TryRemove(id, out var ticket) && ticket.ExpiresAt > time.GetUtcNow() ? ticket : null;
}
