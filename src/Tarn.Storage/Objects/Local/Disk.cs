namespace Tarn.Storage.Objects.Local;

/// <summary>Tells failures of our own disk from those of a body that is being read.</summary>
internal static class Disk
{
    /// <summary>Fails with Unavailable when the disk does; <paramref name="doing"/> begins its message.</summary>
    public static T Run<T>(Func<T> work, string doing)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ObjectErrors.Disk(doing, failure);
        }
    }

    /// <inheritdoc cref="Run{T}"/>
    public static void Run(Action work, string doing) => Run(
        () =>
        {
            work();
            return true;
        },
        doing);

    /// <inheritdoc cref="Run{T}"/>
    public static async Task RunAsync(Func<Task> work, string doing)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ObjectErrors.Disk(doing, failure);
        }
    }
}
