//! Deploying to the account's Serverless Service, as other tools do.

use test_world::Tools;

use super::World;

impl World {
    /// Deploys a Build that has nothing but our asset with this content, as a deploy of the toolkit replaces everything.
    /// Answers the SID of the Asset Version.
    pub(crate) async fn deploy_asset(&self, content: impl AsRef<[u8]>) -> String {
        self.deploy_asset_at("/extensions.json", content).await
    }

    /// The same for an asset at any path: then the Build does not have ours.
    pub(crate) async fn deploy_asset_at(&self, path: &str, content: impl AsRef<[u8]>) -> String {
        Tools::new(&self.env, &self.http).deploy_asset(path, content.as_ref()).await.unwrap()
    }
}
