using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// What S3 services differ in without saying so, as seen when the store opens: a condition that a service would ignore
/// is refused here by name.
/// </summary>
/// <param name="Conditional">The writes that fail with If-None-Match where an object is.</param>
/// <param name="CountsTags">HEAD says how many tags there are; else they are asked for each time.</param>
internal sealed record RemoteAbilities(IReadOnlySet<RemoteWrite> Conditional, bool CountsTags)
{
    public static RemoteAbilities None { get; } = new(new HashSet<RemoteWrite>(), CountsTags: false);

    /// <summary>Fails with Unsupported.</summary>
    public void Check(PutCondition? condition, RemoteWrite write)
    {
        if (condition is not null && !Conditional.Contains(write))
        {
            var what = write switch
            {
                RemoteWrite.Copy => "copies",
                RemoteWrite.Completion => "uploads in parts",
                _ => "puts",
            };
            throw new TarnException(
                ErrorKind.Unsupported,
                $"the storage does not honour If-Match and If-None-Match of {what}",
                "it would overwrite what must not be overwritten")
            {
                Code = "NotImplemented",
            };
        }
    }
}
