using Quartz;

namespace AriDialer.Web.Features.Recording.Retention;

/// <summary>The daily sweep.</summary>
[DisallowConcurrentExecution]
internal sealed class RetentionJob(RetentionSweep sweep) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await sweep.RunAsync(actorId: null, cancellationToken);
}
