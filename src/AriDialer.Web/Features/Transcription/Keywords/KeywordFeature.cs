namespace AriDialer.Web.Features.Transcription.Keywords;

internal static class KeywordFeature
{
    public static IServiceCollection AddKeywords(this IServiceCollection services)
    {
        services.AddSingleton<KeywordWatch>();
        services.AddHostedService<KeywordKeeper>();
        services.AddSingleton<KeywordFlags>();
        services.AddSingleton<KeywordReview>();
        services.AddHostedService(provider => provider.GetRequiredService<KeywordReview>());
        services.AddSingleton<KeywordDesk>();
        services.AddScoped<FlaggedCalls>();
        return services;
    }
}
