namespace AriDialer.Web.Features.Transcription.Summaries;

internal static class SummaryFeature
{
    public static IServiceCollection AddSummaries(this IServiceCollection services)
    {
        services.AddSingleton<SummaryStore>();
        services.AddSingleton<SummaryMaker>();
        services.AddSingleton<SummaryKeeper>();
        services.AddHostedService(provider =>
        {
            var keeper = provider.GetRequiredService<SummaryKeeper>();
            provider.GetRequiredService<TranscriptStore>().Stored += keeper.Hurry;
            return keeper;
        });
        return services;
    }
}
