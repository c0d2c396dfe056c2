using Microsoft.AspNetCore.Components;
using MudBlazor;
using Tarn.Console.Lake;
using Tarn.Jobs;
using Tarn.Jobs.Runs;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Components.Pages.Home;

/// <summary>Jobs with their last and next run, and a button that runs one now.</summary>
public sealed partial class JobsPanel
{
    private readonly HashSet<string> running = [];

    [CascadingParameter]
    private LakeGlance Glance { get; set; } = null!;

    [Inject]
    private IJobs Jobs { get; set; } = null!;

    [Inject]
    private ISnackbar Toasts { get; set; } = null!;

    private bool IsRunning(JobStatus job) =>
        running.Contains(job.Spec.Name) || job.LastRun?.State == JobRunState.Running;

    private async Task RunAsync(JobStatus job)
    {
        var name = job.Spec.Name;
        running.Add(name);
        try
        {
            var run = await Jobs.RunAsync(name, CancellationToken.None);
            var isFine = run.State == JobRunState.Succeeded;
            Toasts.Add(
                isFine
                    ? $"{name}: {Human.Count(run.OutputRows)} rows from {Human.Count(run.InputObjects)} objects"
                    : $"{name} failed: {run.Error}",
                isFine ? Severity.Success : Severity.Error);
        }
        catch (TarnException error)
        {
            Toasts.Add($"{name}: {error.Describe()}", Severity.Error);
        }
        finally
        {
            running.Remove(name);
        }
    }

    private static string Look(JobRunState state) => state switch
    {
        JobRunState.Running => "busy",
        JobRunState.Succeeded => "ok",
        _ => "bad",
    };

    private static string Word(JobRunState state) => state switch
    {
        JobRunState.Running => "running",
        JobRunState.Succeeded => "succeeded",
        _ => "failed",
    };
}
