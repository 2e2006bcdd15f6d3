namespace AriDialer.Web.Features.Recents;

internal static class RecentsFeature
{
    public static IServiceCollection AddRecents(this IServiceCollection services) => services.AddSingleton<RecentCalls>();
}
